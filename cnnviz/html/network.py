"""The tables of the Network page, as Markdown: the layers with their reasons, the accuracies."""

from collections.abc import Iterable

from cnnviz.inspection import explain
from cnnviz.networks import SPECS, NetworkSpec
from cnnviz.runs import records
from cnnviz.words import grouped, markdown_table, shape_in_words


def layer_table(spec: NetworkSpec) -> str:
    """Return the layers and the reasons for their numbers."""
    head = ["layer", "in Keras", "output", "why this shape", "parameters", "why so many"]
    rows = [
        [
            f"**{name}**",
            f"`{explain.keras_line(layer)}`",
            shape_in_words(shape),
            explain.output_reason(layer, input_shape),
            grouped(parameters),
            explain.parameters_reason(layer, input_shape),
        ]
        for layer, input_shape, (name, shape, parameters) in zip(
            spec.layers, spec.shapes(), spec.summary(), strict=False
        )
    ]
    return markdown_table(head, rows)


def accuracy_table(names: Iterable[str]) -> str:
    """Return what the shipped training runs of networks measured."""
    head = ["network", "parameters", "test digits right", "lowest", "highest", "trainings"]
    measured = {name: records.accuracy(name) for name in names}
    rows = [
        [
            f"**{name}**",
            grouped(SPECS[name].parameters()),
            f"{accuracy.mean:.2%}",
            f"{accuracy.lowest:.2%}",
            f"{accuracy.highest:.2%}",
            accuracy.runs,
        ]
        for name, accuracy in measured.items()
    ]
    return markdown_table(head, rows)
