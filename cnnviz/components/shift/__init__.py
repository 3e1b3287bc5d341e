"""The shift lab: a digit to be dragged, with two networks' answers and the first maps moving."""

from collections.abc import Mapping

from cnnviz.components.declared import declared
from cnnviz.components.encode import base64_text
from cnnviz.components.messages import Shift, ShiftLab, ShiftMessage
from cnnviz.labs.dense import MOVED_DIGITS
from cnnviz.labs.shift import REACH, ShiftedDigit
from cnnviz.render import colours
from cnnviz.types import Floats

_shift_view = declared("shift", '<section class="stage shift"></section>')


def shift_view(
    lab: ShiftedDigit | None,
    label: int | None,
    accuracies: Mapping[str, Floats],
    start: Shift,
    address: dict[str, str | None],
    key: str,
) -> None:
    """Show a digit that can be moved, and what two networks make of it.

    All that it shows is sent once; moving the digit sends nothing.

    Parameters
    ----------
    lab : ShiftedDigit or None
        None if nothing is drawn.
    label : int or None
        The digit that it is; None if only the person knows. They are asked; until they say, it
        is the answer of the first network to the digit where it stands.
    accuracies : mapping of str to ndarray of float, shape (21, 21)
        By network, how many of the moved test digits it gets right.
    start : Shift
        The shift to begin with: ``down`` and ``right``.
    address : dict of str to str or None
        What the page's address should say of the digit.
    key : str
    """
    shown = view_data(lab, label, accuracies) if lab else None
    data: ShiftMessage = {"start": start, "address": address, "lab": shown}
    _shift_view(key=key, data=data)


def view_data(lab: ShiftedDigit, label: int | None, accuracies: Mapping[str, Floats]) -> ShiftLab:
    """Return what the browser needs to show a `ShiftedDigit`, ready for JSON."""
    height, width, channels = lab.maps.shape
    guess = int(next(iter(lab.probabilities.values()))[REACH, REACH].argmax())
    return {
        "reach": REACH,
        "side": len(lab.digit),
        "digit": base64_text(lab.digit, "<f4"),
        "label": label,
        "guess": guess,
        "networks": [
            {
                "name": name,
                "probabilities": base64_text(probabilities, "<f4"),
                "accuracy": base64_text(accuracies[name], "<f4"),
            }
            for name, probabilities in lab.probabilities.items()
        ],
        "maps": {
            "height": height,
            "width": width,
            "channels": channels,
            "size": height - 2 * REACH,
            "names": [f"{lab.layer}, channel {channel}" for channel in lab.channels],
            "largest": float(lab.maps.max()),
            "numbers": base64_text(lab.maps, "<f4"),
        },
        "units": {
            "count": lab.units.shape[2],
            "largest": float(lab.units.max()),
            "numbers": base64_text(lab.units, "<f4"),
        },
        "count": MOVED_DIGITS,
        "colours": base64_text(colours("sequential")),
    }
