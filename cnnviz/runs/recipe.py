"""How a network is trained: which network, on which digits, by which steps."""

from dataclasses import dataclass
from math import ceil, isfinite

from cnnviz.networks import SPECS

OPTIMIZERS = ("rmsprop", "adam", "sgd")
TRAINING_DIGITS = 60_000


@dataclass(frozen=True)
class Recipe:
    """What a training run does; without arguments, the book's recipe for the convnet.

    Attributes
    ----------
    network : str
        A name in `networks.SPECS`.
    epochs : int
        Passes over the training digits, at least 1.
    seed : int
        Sets the initial weights and the order of the digits.
    optimizer : {"rmsprop", "adam", "sgd"}
        With Keras's own settings except for the learning rate.
    learning_rate : float
        Above 0, at most 1.
    batch_size : int, optional
        Digits for each step; if not given, the one the network's specification has.
    share : int
        How many per cent of the training digits are used, 1 to 100: the first ones.

    Raises
    ------
    ValueError
        If one of them is not as described.

    Examples
    --------
    >>> Recipe(share=50).training_digits, Recipe(share=50).batches_per_epoch
    (30000, 469)
    """

    network: str = "convnet"
    epochs: int = 5
    seed: int = 0
    optimizer: str = "rmsprop"
    learning_rate: float = 0.001
    batch_size: int = None  # type: ignore[assignment]  # set in __post_init__ if not given
    share: int = 100

    def __post_init__(self) -> None:
        if self.network not in SPECS:
            raise ValueError(
                f"there is no network {self.network!r}. The networks are: {', '.join(SPECS)}"
            )
        if self.batch_size is None:
            object.__setattr__(self, "batch_size", SPECS[self.network].batch_size)
        for name in ("epochs", "batch_size", "share"):
            if getattr(self, name) < 1:
                raise ValueError(f"{name} must be at least 1. Received: {self._said(name)}")
        if self.share > 100:
            raise ValueError(f"share must be at most 100. Received: {self._said('share')}")
        if not 0 <= self.seed < 2**32:
            raise ValueError(f"seed must be from 0 to 2^32 - 1. Received: {self._said('seed')}")
        if self.optimizer not in OPTIMIZERS:
            raise ValueError(
                f"optimizer must be one of {', '.join(OPTIMIZERS)}. "
                f"Received: {self._said('optimizer')}"
            )
        if not (isfinite(self.learning_rate) and 0 < self.learning_rate <= 1):
            raise ValueError(
                "learning_rate must be above 0 and at most 1. "
                f"Received: {self._said('learning_rate')}"
            )

    def _said(self, name: str) -> str:
        """Return an argument as it was given."""
        return f"{name}={getattr(self, name)!r}"

    @property
    def training_digits(self) -> int:
        """How many of the training digits are used."""
        return TRAINING_DIGITS * self.share // 100

    @property
    def batches_per_epoch(self) -> int:
        """How many steps an epoch has; the last one may be smaller."""
        return ceil(self.training_digits / self.batch_size)

    @property
    def batches(self) -> int:
        """How many steps the whole training has."""
        return self.epochs * self.batches_per_epoch

    def options(self) -> list[str]:
        """Return the recipe as options of ``python -m cnnviz.training``.

        >>> Recipe("dense", epochs=1).options()[:4]
        ['--network', 'dense', '--epochs', '1']
        """
        values = {
            "--network": self.network,
            "--epochs": self.epochs,
            "--seed": self.seed,
            "--optimizer": self.optimizer,
            "--learning-rate": self.learning_rate,
            "--batch-size": self.batch_size,
            "--share": self.share,
        }
        return [text for option, value in values.items() for text in (option, str(value))]
