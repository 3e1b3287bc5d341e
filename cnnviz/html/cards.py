"""Pieces of HTML for the Draw page: the two digits the network may read, and its answer."""

import base64

from cnnviz import mnist, render


def received(raw, framed, use_framed, answers, framing):
    """Return the raw and the framed digit side by side, the one in use outlined.

    Parameters
    ----------
    raw, framed : ndarray of float, shape (28, 28)
    use_framed : bool
    answers : (Answer, Answer) or None
        The network's answers to the two; None if nothing is drawn.
    framing : str
        What framing did, in a sentence.
    """
    answers = answers or (None, None)
    pictures = (("As drawn", raw, not use_framed), ("Framed", framed, use_framed))
    figures = [
        _digit_figure(title, digit, in_use, answer)
        for (title, digit, in_use), answer in zip(pictures, answers, strict=True)
    ]
    return f'<div class="received">{"".join(figures)}<p>{framing}</p></div>'


def _digit_figure(title, digit, in_use, answer):
    """Return one 28 x 28 picture with its title and the network's answer to it."""
    says = f"answers <b>{answer.digit}</b> ({answer.probability:.0%})" if answer else "no ink"
    state = " · in use" if in_use else ""
    return (
        f'<figure class="{"in-use" if in_use else "spare"}">'
        f'<img src="{data_url(digit)}" alt="{title}, 28 by 28 pixels">'
        f"<figcaption><b>{title}</b>{state}<br>{says}</figcaption></figure>"
    )


def small_digit(digit, best):
    """Return the digit small, with the answer to it, for the top of a page.

    Parameters
    ----------
    digit : ndarray of float, shape (28, 28)
    best : Answer or None
        None if nothing is drawn.
    """
    says = (
        f"The network reads this and answers <b>{best.digit}</b> ({best.probability:.1%})."
        if best
        else "<b>Nothing is drawn yet.</b> Draw a digit, or take a test digit to look at."
    )
    picture = f'<img src="{data_url(digit)}" alt="The digit, 28 by 28 pixels">'
    return f'<div class="small-digit">{picture}<p>{says}</p></div>'


def data_url(digit):
    """Return a digit as a PNG in an address that an image element can show."""
    return "data:image/png;base64," + base64.b64encode(render.map_png(digit, 1)).decode("ascii")


def answer(probabilities, best, remark):
    """Return the answer in large type, ten bars with numbers, and a remark.

    Parameters
    ----------
    probabilities : ndarray of float, shape (10,), or None
        None draws empty bars.
    best : Answer or None
        The most probable digit.
    remark : str
        The one honest sentence that goes with the answer.
    """
    rows = []
    for digit in range(10):
        share = 0 if probabilities is None else float(probabilities[digit])
        number = "–" if probabilities is None else f"{share:.1%}"
        rows.append(
            f'<li class="{"best" if best and best.digit == digit else ""}"><b>{digit}</b>'
            f'<span class="track"><i style="transform:scaleX({share:.4f})"></i></span>'
            f"<span>{number}</span></li>"
        )
    said, blank = (best.digit, "no") if best else ("–", "yes")
    return (
        f'<div class="answer"><output class="said" data-blank="{blank}" aria-label="The answer">'
        f"{said}</output>"
        f'<ol aria-label="Probability of each digit">{"".join(rows)}</ol><p>{remark}</p></div>'
    )


def test_digit(index, lines):
    """Return a test digit as a picture for `picture_choice`: its label, and lines of words."""
    return {
        "id": int(index),
        "url": data_url(mnist.digit(index)),
        "title": f"label {mnist.read('y_test')[index]}",
        "lines": lines,
    }


def on_board(digit):
    """Return a style that shows a sample or an upload on the empty board; none for None."""
    if digit is None:
        return ""
    return (
        ".st-key-board::after { content: ''; position: absolute; "
        f"background: url({data_url(digit)}) center / cover; }}"
    )
