"""Draw the small colour pictures that the project ships: ``python -m tools.draw_pictures``.

Each is drawn 16 times as large and then averaged, so that its edges are smooth. The colours
are chosen so that the red, the green and the blue channel show different things.
"""

import numpy as np
from PIL import Image, ImageDraw

from cnnviz.digits.colour_pictures import FILE

SIDE = 32
SCALE = 16
WHITE, DARK, RED, LEAF = (255, 255, 255), (28, 28, 34), (222, 36, 44), (44, 128, 60)


def main():
    """Draw the pictures, write them to the file that the app reads, say where it is."""
    np.savez_compressed(FILE, **{name: draw() for name, draw in PICTURES.items()})
    print(f"wrote {FILE}")


class Board:
    """A picture to draw on, 16 times as large; all places are x, y in its 32 x 32 pixels."""

    def __init__(self, *colours):
        """Fill it from top to bottom with a row of colours that run into each other."""
        places = np.linspace(0, 1, len(colours))
        down = (np.arange(SIDE * SCALE) + 0.5) / (SIDE * SCALE)
        column = [np.interp(down, places, channel) for channel in zip(*colours, strict=True)]
        rows = np.stack(column, axis=-1).round().astype(np.uint8)
        self._image = Image.fromarray(np.repeat(rows[:, np.newaxis], SIDE * SCALE, axis=1))
        self._draw = ImageDraw.Draw(self._image)

    def shape(self, colour, *corners):
        """Fill a shape with straight sides."""
        self._draw.polygon([(x * SCALE, y * SCALE) for x, y in corners], fill=colour)

    def blob(self, colour, *points):
        """Fill a shape with one smooth line through the points."""
        self.shape(colour, *_smooth(points))

    def disc(self, colour, x, y, radius):
        """Fill a circle."""
        corners = (x - radius, y - radius, x + radius, y + radius)
        self._draw.ellipse([corner * SCALE for corner in corners], fill=colour)

    def ball(self, dark, light, x, y, radius):
        """Fill a circle that is lit from the top left."""
        for share in np.linspace(0, 1, 24):
            colour = tuple(round(d + (b - d) * share) for d, b in zip(dark, light, strict=True))
            shift = 0.4 * radius * share
            self.disc(colour, x - shift, y - shift, radius * (1 - 0.9 * share))

    def pixels(self):
        """Return the picture: uint8, shape (32, 32, 3)."""
        return np.asarray(self._image.reduce(SCALE))


def _smooth(points):
    """Return points on the closed Catmull-Rom curve through some points."""
    before, at, after, beyond = (np.roll(points, shift, axis=0) for shift in (1, 0, -1, -2))
    t = np.linspace(0, 1, 12, endpoint=False)[:, np.newaxis, np.newaxis]
    curve = (
        2 * at
        + (after - before) * t
        + (2 * before - 5 * at + 4 * after - beyond) * t**2
        + (3 * at - before - 3 * after + beyond) * t**3
    ) / 2
    return curve.transpose(1, 0, 2).reshape(-1, 2).tolist()


def sailing_boat():
    """Draw a boat with a red sail on a blue sea; the sun is yellow."""
    board = Board((84, 168, 240), (150, 208, 246), (222, 240, 250), (222, 240, 250))
    board.disc((255, 214, 64), 26, 6, 3.5)
    for x, y, radius in ((4.6, 6.4, 1.8), (7.2, 5.4, 2.3), (9.6, 6.6, 1.6)):
        board.disc(WHITE, x, y, radius)
    board.shape((20, 96, 168), (0, 22), (32, 22), (32, 32), (0, 32))
    for y, first in ((24, -4), (27.5, 0), (30.5, -5)):
        for x in range(first, SIDE, 9):
            board.blob((84, 176, 226), (x, y), (x + 2.5, y - 1), (x + 5, y), (x + 2.5, y - 0.3))
    board.shape((92, 58, 36), (16, 1), (17, 1), (17, 22), (16, 22))
    board.shape((250, 200, 40), (16, 1), (16, 4), (11, 2))
    board.shape(RED, (17, 4), (17, 20), (28, 20), (23, 11))
    board.shape((252, 248, 236), (16, 6), (16, 20), (7, 20))
    board.shape((120, 66, 34), (4, 21), (29, 21), (25.5, 26), (8, 26))
    board.shape((238, 226, 204), (4, 21), (29, 21), (28.3, 22), (4.8, 22))
    return board.pixels()


def parrot():
    """Draw a red parrot with a yellow and blue wing among green leaves."""
    board = Board((158, 220, 134), (88, 172, 98), (44, 116, 70))
    board.blob(LEAF, (33, -1), (25, 0), (21, 5), (27, 6), (33, 8))
    board.blob(LEAF, (-1, 5), (4, 8), (7, 14), (2, 14.5), (-1, 12))
    board.blob(LEAF, (33, 17), (28, 19), (25, 23), (29, 23.5), (33, 21))
    board.shape((118, 76, 46), (0, 26), (32, 24), (32, 26.4), (0, 28.6))
    board.blob((190, 24, 36), (8, 20), (13, 24), (9, 31), (4, 34), (5, 27))
    board.blob(RED, (13, 4), (19, 3), (23, 8), (22, 16), (20, 22), (14, 26), (9, 23), (9, 14))
    board.blob((252, 204, 44), (9.5, 12), (15, 13), (16.5, 19), (12, 24), (8, 22), (7.5, 16))
    board.blob((36, 84, 206), (8, 17), (14, 19), (12, 25), (6, 30.5), (5.5, 24))
    for x, y in ((8, 21), (7.4, 24)):
        board.blob((96, 150, 246), (x, y), (x + 5, y + 1), (x + 5, y + 1.7), (x, y + 0.7))
    board.blob((252, 246, 238), (17, 7), (21, 6), (23, 9), (21, 12.5), (17.5, 11))
    board.disc(DARK, 19.5, 8.5, 1.1)
    board.blob((246, 226, 180), (22, 6), (26.5, 8), (27, 14), (24.5, 11.5), (22, 11.5))
    board.blob(DARK, (22, 11.5), (24.5, 12), (24, 14.5), (21.5, 13.5))
    for x in (15, 18):
        board.blob((84, 78, 84), (x, 24), (x + 1.6, 24), (x + 1.8, 27), (x - 0.2, 27))
    return board.pixels()


def traffic_light():
    """Draw a traffic light with all its lamps lit, over a town at dusk."""
    board = Board((36, 62, 196), (112, 92, 204), (236, 136, 140), (255, 190, 84))
    for left, right, top in ((0, 4, 25), (4, 8, 21), (8, 23, 28), (23, 28, 19), (28, 32, 24)):
        board.shape((34, 26, 62), (left, top), (right, top), (right, 32), (left, 32))
    for x, y in ((5, 23), (5, 26), (24, 21), (26, 24), (24, 27), (29, 26), (1, 28)):
        board.shape((255, 214, 110), (x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
    board.shape((84, 88, 100), (15, 29), (17, 29), (17, 32), (15, 32))
    board.shape(DARK, (11, 1), (21, 1), (22, 2), (22, 28), (21, 29), (11, 29), (10, 28), (10, 2))
    lamps = (
        ((176, 0, 16), (255, 96, 84)),
        ((222, 132, 0), (255, 234, 120)),
        ((0, 140, 60), (110, 255, 150)),
    )
    for y, (dark, light) in zip((6, 15, 24), lamps, strict=True):
        board.ball(dark, light, 16, y, 3.5)
    return board.pixels()


PICTURES = {
    "sailing boat": sailing_boat,
    "parrot": parrot,
    "traffic light": traffic_light,
}


if __name__ == "__main__":
    main()
