"""From a network's specification to the Keras model that it describes."""

import keras

from cnnviz.networks import NetworkSpec


def build(spec: NetworkSpec) -> keras.Model:
    """Return an untrained Keras model with the layers, and layer names, of `spec`.

    >>> from cnnviz.networks import SPECS
    >>> build(SPECS["convnet"]).count_params()
    93322
    """
    layers = [
        getattr(keras.layers, type(layer).__name__)(**layer.keras_arguments())
        for layer in spec.layers
    ]
    return keras.Sequential([keras.Input(spec.input_shape), *layers], name=spec.name)
