"""What a network gets right and wrong on the test digits."""

import numpy as np

from cnnviz.types import Floats, Ints


def confusion_matrix(labels: Ints, answers: Ints) -> Ints:
    """Return how often each digit got each answer.

    Parameters
    ----------
    labels, answers : ndarray of int, shape (digits,)
        From 0 to 9.

    Returns
    -------
    ndarray of int, shape (10, 10)
        A row for each digit, a column for each answer.

    Examples
    --------
    >>> confusion_matrix(np.array([1, 1, 7]), np.array([1, 7, 7]))[[1, 7]][:, [1, 7]]
    array([[1, 1],
           [0, 1]])
    """
    counts = np.zeros((10, 10), int)
    np.add.at(counts, (labels, answers), 1)
    return counts


def mistakes(counts: Ints) -> int:
    """Return how many answers of a confusion matrix are wrong.

    >>> mistakes(np.array([[5, 1], [2, 7]]))
    3
    """
    return int(counts.sum() - np.trace(counts))


def in_cell(labels: Ints, answers: Ints, probabilities: Floats, digit: int, answer: int) -> Ints:
    """Return the digits in one cell of the confusion matrix, the surest answer first.

    Parameters
    ----------
    labels, answers : ndarray of int, shape (digits,)
    probabilities : ndarray of float, shape (digits, 10)
    digit, answer : int
        The row and the column.

    Returns
    -------
    ndarray of int
        Indices of the digits.
    """
    found = np.flatnonzero((labels == digit) & (answers == answer))
    return found[np.argsort(-probabilities[found, answer], kind="stable")]


def worst_mistakes(labels: Ints, answers: Ints, probabilities: Floats, count: int) -> Ints:
    """Return the digits that got a wrong answer with the highest probability, worst first.

    Parameters
    ----------
    labels, answers, probabilities
        See `in_cell`.
    count : int
        How many, at most.

    Examples
    --------
    >>> probabilities = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8]])
    >>> worst_mistakes(np.array([1, 1, 1]), probabilities.argmax(1), probabilities, 5).tolist()
    [0, 1]
    """
    wrong = np.flatnonzero(labels != answers)
    sureness = probabilities[wrong, answers[wrong]]
    return wrong[np.argsort(-sureness, kind="stable")][:count]
