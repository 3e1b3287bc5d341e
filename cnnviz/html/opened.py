"""One number of a dense layer opened: its terms, and from logits to probabilities."""

from collections.abc import Sequence

from markupsafe import Markup

from cnnviz.html.environment import template
from cnnviz.inspection.opened import Terms
from cnnviz.types import Floats
from cnnviz.words import MINUS, THIN_SPACE


def terms_table(terms: Terms, names: Sequence[str], activation: str) -> Markup:
    """Return how a dense unit's number comes about: its largest products, the rest, the bias.

    Parameters
    ----------
    terms : opened.Terms
    names : sequence of str
        The name of each input.
    activation : {"relu", "softmax"}
    """
    largest = max(abs(product) for *_, product in terms.rows) or 1.0
    products = [
        (names[i], value, weight, product, product / largest)
        for i, value, weight, product in terms.rows
    ]
    return template("opened.html").terms_table(products, terms, activation)


def softmax_table(
    logits: Floats, exponentials: Floats, probabilities: Floats, chosen: int
) -> Markup:
    """Return the columns logit, exponential, probability, and what they add up to.

    Parameters
    ----------
    logits, exponentials, probabilities : ndarray of float, shape (units,)
        See `opened.softmax_columns`.
    chosen : int
        The unit to point out.
    """
    top = float(logits.max())
    units = [
        {
            "logit": logit,
            "less": logit - top,
            "exponential": (exponential, *_small(exponential)),
            "probability": (probability, *_small(probability)),
        }
        for logit, exponential, probability in zip(
            logits.tolist(), exponentials.tolist(), probabilities.tolist(), strict=True
        )
    ]
    sums = float(exponentials.sum()), float(probabilities.sum())
    return template("opened.html").softmax_table(units, *sums, chosen)


def _small(number: float) -> tuple[str, str]:
    """Return a number in [0, 1] with four decimals, or if that says nothing with a power of ten.

    >>> _small(0.25), _small(0.000012)
    (('0.2500', ''), ('1.2\u202f×\u202f10', '−5'))
    """
    if number == 0 or number >= 0.0001:
        return f"{number:.4f}", ""
    mantissa, exponent = f"{number:.1e}".split("e")
    return f"{mantissa}{THIN_SPACE}×{THIN_SPACE}10", f"{MINUS}{abs(int(exponent))}"
