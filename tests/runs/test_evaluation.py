"""What a network gets wrong, against counting one by one."""

import numpy as np

from cnnviz.runs import evaluation


def random_answers(count=2000):
    random = np.random.default_rng(5)
    probabilities = random.dirichlet(np.full(10, 0.3), count)
    return random.integers(0, 10, count), probabilities.argmax(axis=1), probabilities


def test_the_confusion_matrix_counts_each_digit_once():
    labels, answers, _ = random_answers()
    counts = evaluation.confusion_matrix(labels, answers)
    for digit in range(10):
        for answer in range(10):
            expected = sum((labels == digit) & (answers == answer))
            assert counts[digit, answer] == expected
    assert counts.sum() == len(labels)
    assert np.trace(counts) == (labels == answers).sum()


def test_no_digits_are_an_empty_matrix():
    none = np.array([], int)
    assert not evaluation.confusion_matrix(none, none).any()


def test_a_cell_has_all_its_digits_the_surest_first():
    labels, answers, probabilities = random_answers()
    found = evaluation.in_cell(labels, answers, probabilities, 4, 9)
    assert set(found) == {i for i in range(len(labels)) if (labels[i], answers[i]) == (4, 9)}
    assert (np.diff(probabilities[found, 9]) <= 0).all()


def test_the_worst_mistakes_are_wrong_and_no_other_mistake_is_surer():
    labels, answers, probabilities = random_answers()
    worst = evaluation.worst_mistakes(labels, answers, probabilities, 7)
    assert len(worst) == 7
    assert (labels[worst] != answers[worst]).all()
    sureness = probabilities.max(axis=1)
    others = np.setdiff1d(np.flatnonzero(labels != answers), worst)
    assert sureness[worst].min() >= sureness[others].max()
    assert (np.diff(sureness[worst]) <= 0).all()


def test_without_mistakes_there_is_no_worst():
    labels = np.arange(10)
    assert evaluation.worst_mistakes(labels, labels, np.eye(10), 5).size == 0
