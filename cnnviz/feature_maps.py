"""Facts about a layer's feature maps: how strong each is, which is strongest, which are dead."""

import numpy as np


def peaks(feature_maps):
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


def strongest_first(feature_maps):
    """Return the channels ordered by the largest number of their map, largest first.

    Maps of equal strength stay in the order of their channels.

    >>> strongest_first(np.array([[[1.0, 3.0, 3.0, 2.0]]])).tolist()
    [1, 2, 3, 0]
    """
    return np.argsort(-peaks(feature_maps), kind="stable")


def dead(feature_maps):
    """Return the channels whose map is zero everywhere.

    >>> dead(np.array([[[1.0, 0.0, 2.0]]])).tolist()
    [1]
    """
    return np.flatnonzero(~feature_maps.any(axis=(0, 1)))
