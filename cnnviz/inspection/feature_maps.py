"""Facts about a layer's feature maps: how strong each is, which is strongest, which are dead."""

import numpy as np

from cnnviz.types import Floats, Ints, Map, Maps


def peaks(feature_maps: Maps) -> Floats:
    """Return the largest number of each map.

    Parameters
    ----------
    feature_maps : ndarray of float, shape (height, width, channels)
        Activations after ReLU.

    Returns
    -------
    ndarray of float, shape (channels,)

    Examples
    --------
    >>> maps = np.zeros((2, 2, 3)); maps[0, 1, 2] = 5
    >>> peaks(maps)
    array([0., 0., 5.])
    """
    return feature_maps.reshape(-1, feature_maps.shape[-1]).max(axis=0)


def strongest_first(feature_maps: Maps) -> Ints:
    """Return the channels ordered by the largest number of their map, largest first.

    Maps of equal strength stay in the order of their channels.

    >>> strongest_first(np.array([[[1.0, 3.0, 3.0, 2.0]]])).tolist()
    [1, 2, 3, 0]
    """
    return np.argsort(-peaks(feature_maps), kind="stable")


def dead(feature_maps: Maps) -> Ints:
    """Return the channels whose map is zero everywhere.

    >>> dead(np.array([[[1.0, 0.0, 2.0]]])).tolist()
    [1]
    """
    return np.flatnonzero(~feature_maps.any(axis=(0, 1)))


def by_likeness(feature_maps: Maps) -> Ints:
    """Return the channels so that each map is followed by the one most like it.

    Starts with the strongest map; likeness is the cosine between two maps. Dead maps come last.

    >>> a, b = [1.0, 0.0], [0.0, 0.9]
    >>> by_likeness(np.array([[a[0], b[0], 0.9], [a[1], b[1], 0.1]])[:, None, :]).tolist()
    [0, 2, 1]
    """
    columns = feature_maps.reshape(-1, feature_maps.shape[-1]).astype(float)
    lengths = np.linalg.norm(columns, axis=0)
    likeness = columns.T @ columns / np.maximum(np.outer(lengths, lengths), np.finfo(float).tiny)
    left = [int(channel) for channel in strongest_first(feature_maps) if lengths[channel] > 0]
    order = left[:1]
    left = left[1:]
    while left:
        left.sort(key=lambda channel: -likeness[order[-1], channel])
        order.append(left.pop(0))
    return np.array([*order, *np.flatnonzero(lengths == 0)], int)


def strongest(feature_map: Map) -> tuple[int, int, float]:
    """Return the row, the column and the value of a map's largest number, the first of equals.

    >>> strongest(np.array([[0.0, 2.0], [1.0, 2.0]]))
    (0, 1, 2.0)
    """
    row, column = np.unravel_index(np.argmax(feature_map), feature_map.shape)
    return int(row), int(column), float(feature_map[row, column])


def strongest_in_words(name: str, channel: int, feature_map: Map) -> str:
    """Return where a layer's map is strongest on the digit, in a sentence.

    >>> strongest_in_words("conv1", 3, np.array([[0.0, 2.0], [1.0, 2.0]]))
    'On this digit, channel 3 of conv1 is strongest at row 0, column 1: **2.00**.'
    """
    row, column, peak = strongest(feature_map)
    if peak == 0:
        where = "**all zero**: nothing here excites its filter"
    else:
        where = f"strongest at row {row}, column {column}: **{peak:.2f}**"
    return f"On this digit, channel {channel} of {name} is {where}."


def numbers_to_a_line(count: int) -> int:
    """Return how many numbers of a vector its picture has in a line: eight if they come out even.

    >>> numbers_to_a_line(64), numbers_to_a_line(10)
    (8, 10)
    """
    return 8 if count % 8 == 0 else count
