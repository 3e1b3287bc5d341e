"""Ink to digit: pen strokes, or a picture, become the 28 x 28 digit that a network reads.

from_strokes   pen strokes -> digit
from_image     an uploaded picture -> digit
pictures       an uploaded picture -> where its ink is
framing        what MNIST did to its digits, in numbers and words
raster         round pens drawn on pixels
clip           what of them lies on the canvas
erasing        what an eraser leaves of them
"""

from cnnviz.ink.framing import BOX, PEN_LIMITS, SIDE, centre_of_mass, framing_in_words
from cnnviz.ink.from_image import digit_from_image
from cnnviz.ink.from_strokes import digit_from_strokes

__all__ = [
    "BOX",
    "PEN_LIMITS",
    "SIDE",
    "centre_of_mass",
    "digit_from_image",
    "digit_from_strokes",
    "framing_in_words",
]
