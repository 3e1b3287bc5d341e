"""The network's answer: the digit, the ten probabilities, and how far to trust it."""

from markupsafe import Markup

from cnnviz.html.environment import template
from cnnviz.inspection.answer import Answer
from cnnviz.types import Floats


def answer(probabilities: Floats | None, best: Answer | None, remark: str) -> Markup:
    """Return the answer in large type, ten bars with numbers, and a remark.

    Parameters
    ----------
    probabilities : ndarray of float, shape (10,), or None
        None draws empty bars.
    best : Answer or None
        The most probable digit.
    remark : str
        The one honest sentence that goes with the answer.
    """
    shares = None if probabilities is None else probabilities.tolist()
    return template("answer.html").answer(shares, best and best.digit, remark)
