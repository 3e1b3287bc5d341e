"""The network's answer in words: which digit, how sure, and when not to trust it."""

from dataclasses import dataclass

import numpy as np

from cnnviz.types import Floats

CLOSE = 0.3  # the two best answers are close if their probabilities differ by less than this


@dataclass(frozen=True)
class Answer:
    """The two most probable digits and their probabilities in [0, 1]."""

    digit: int
    probability: float
    second_digit: int
    second_probability: float

    @property
    def close(self) -> bool:
        """Whether the two best answers are nearly as probable as each other."""
        return self.probability - self.second_probability < CLOSE


def best_two(probabilities: Floats) -> Answer:
    """Return the two most probable digits; of equals, the smaller digit comes first.

    >>> best_two(np.array([0.1, 0.6, 0.3]))
    Answer(digit=1, probability=0.6, second_digit=2, second_probability=0.3)
    """
    first, second = (int(digit) for digit in np.argsort(-probabilities, kind="stable")[:2])
    return Answer(first, float(probabilities[first]), second, float(probabilities[second]))


def remark(answer: Answer | None, unlike_a_digit: bool) -> str:
    """Return the one honest sentence that goes with an answer.

    Parameters
    ----------
    answer : Answer or None
        None if nothing is drawn.
    unlike_a_digit : bool
        Whether `likeness` finds the ink unlike the digits that the network learned from.
    """
    if answer is None:
        return "Nothing is drawn yet, so there is nothing to answer."
    if unlike_a_digit:
        return (
            f"This does not look like the digits the network learned from. It can only choose "
            f"among ten digits, so it says {answer.digit} all the same."
        )
    if answer.close:
        return (
            f"The network hesitates: {answer.digit} with {answer.probability:.0%}, "
            f"{answer.second_digit} with {answer.second_probability:.0%}."
        )
    return (
        "The percentages compare the ten digits with each other only: a letter would get a "
        "digit, too."
    )
