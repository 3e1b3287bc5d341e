"""Layers of every kind, each with the shape of an input, for the tests of both engines."""

from cnnviz.layers import AveragePooling2D, Conv2D, Dense, Flatten, MaxPooling2D

LAYERS = [
    (Conv2D("a", 5), (9, 7, 3)),
    (Conv2D("b", 4, kernel_size=(2, 5), strides=(2, 3), padding="same"), (9, 12, 2)),
    (Conv2D("c", 3, kernel_size=(6, 5), padding="same"), (5, 8, 1)),
    (Conv2D("d", 2, kernel_size=(1, 1), activation="softmax"), (1, 1, 4)),
    (Conv2D("e", 2, kernel_size=(2, 1), strides=(5, 4)), (4, 3, 2)),
    (MaxPooling2D("f"), (11, 8, 3)),
    (MaxPooling2D("g", pool_size=(3, 2), padding="same"), (7, 9, 2)),
    (MaxPooling2D("h", pool_size=(5, 5), padding="same"), (3, 12, 2)),
    (AveragePooling2D("n"), (11, 8, 3)),
    (AveragePooling2D("o", pool_size=(3, 2), padding="same"), (7, 9, 2)),
    (Flatten("i"), (3, 4, 5)),
    (Flatten("j"), (1, 1, 1)),
    (Dense("k", 6), (12,)),
    (Dense("l", 10, activation="softmax"), (7,)),
    (Dense("m", 1), (1,)),
]
