"""Pieces of HTML for the Padding page: what a setting does, at the border and beside others."""

from markupsafe import Markup

from cnnviz.html import facts as facts_html
from cnnviz.html import stills
from cnnviz.labs import padding as padding_lab
from cnnviz.labs import sliding
from cnnviz.labs.sliding import Sliding
from cnnviz.types import Map


def facts(setting: Sliding) -> Markup:
    """Return what follows from the setting, as HTML."""
    refusal = padding_lab.refusal(setting)
    return facts_html.facts(
        [
            sliding.output_in_words(setting),
            sliding.padding_in_words(setting),
            sliding.unread_in_words(setting),
            "" if refusal else f"In Keras `{padding_lab.keras_line(setting)}`",
        ],
        [refusal, padding_lab.limits_in_words(setting)],
    )


def borders(setting: Sliding) -> Markup:
    """Return pictures of how often each pixel is read and how much of each window is padding."""
    return stills.row(
        [
            stills.picture(
                "Windows that read each input pixel",
                setting.reading(),
                padding_lab.border_in_words(setting),
            ),
            stills.picture(
                "Share of each output cell's window that is padding",
                setting.padding_share(),
                padding_lab.share_in_words(setting),
                largest=1,
            ),
        ],
        across=2,
    )


def sides(image: Map, setting: Sliding) -> Markup:
    """Return the picture through both paddings and three strides, one number always as large."""
    compared = padding_lab.side_by_side(image, setting)
    end, signed = stills.shared_scale([output for _, output in compared])
    pixel = 140 / max(max(output.shape) for _, output in compared)
    pictures = [
        stills.picture(
            f"{variant.padding}, stride {variant.stride}",
            output,
            padding_lab.border_values_in_words(output),
            largest=end,
            signed=signed,
            pixel=pixel,
        )
        for variant, output in compared
    ]
    return stills.row(pictures, across=6)
