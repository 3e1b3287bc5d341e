"""Pieces of HTML for the Max pooling page: what a pool keeps, and what else could stand there."""

from markupsafe import Markup

from cnnviz.html import facts as facts_html
from cnnviz.html import stills
from cnnviz.html.chart import line_chart
from cnnviz.labs import pooling, sliding
from cnnviz.labs.sliding import Sliding
from cnnviz.types import Kernel, Map
from cnnviz.words import shape_in_words


def facts(image: Map, setting: Sliding) -> Markup:
    """Return what follows from the setting, as HTML."""
    return facts_html.facts(
        [
            sliding.output_in_words(setting),
            pooling.kept_in_words(image, setting),
            sliding.padding_in_words(setting, "minus infinity, so that padding never wins"),
            sliding.unread_in_words(setting),
        ]
    )


def beside(image: Map, setting: Sliding, kernel: Kernel) -> str:
    """Return the picture and what each way makes of it, at the same scale and at true scale."""
    found = pooling.losses(image, setting, kernel)
    end, _ = stills.shared_scale([image, *(output for _, output, _ in found)])
    pixel = stills.WIDE / max(image.shape)
    same = [
        stills.picture(name, output, words, end, pixel=stills.WIDE / max(output.shape))
        for name, output, words in found
    ]
    name, output, _ = found[0]
    words = "Each number as large as in the input."
    true = stills.picture(f"{name}, true scale", output, words, end, pixel=pixel)
    whole = stills.picture(
        "Input", image, f"{shape_in_words(image.shape)} numbers.", end, pixel=pixel
    )
    left_out = facts_html.facts([], [pooling.left_out_in_words(setting, kernel)])
    return f"{left_out}{stills.row([whole, true, *same], across=5)}"


def curve(image: Map, setting: Sliding, kernel: Kernel) -> Markup:
    """Return how many numbers stay the same when the picture moves, as a chart."""
    stays = pooling.staying(image, setting, kernel)
    chart = line_chart(
        "Numbers that stay the same when the picture moves to the right",
        "pixels to the right",
        "% the same",
        stays,
        y_range=(0, 100),
    )
    return facts_html.facts([pooling.staying_in_words(stays)]) + chart
