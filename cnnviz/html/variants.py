"""The variants of the network: what each costs and scores, and a digit through all, as HTML."""

from urllib.parse import urlencode

from cnnviz.html.stills import data_url, marked
from cnnviz.inspection import feature_maps
from cnnviz.inspection.answer import best_two
from cnnviz.labs import variants
from cnnviz.networks import SPECS
from cnnviz.words import grouped, shape_in_words, short

STRONGEST = 4  # maps of a layer that are shown
AXIS_STEP = 0.001  # the accuracies' axis begins and ends at a multiple of it

# ---- The table -------------------------------------------------------------------------

COLUMNS = (
    "Output of each layer",
    "Parameters",
    "Multiply-adds",
    "The last map sees",
    "Test digits right",
    "Time to train",
    "Time to answer",
)


def table(rows):
    """Return the table as HTML. On a phone, where each row is a card, cells name themselves.

    Parameters
    ----------
    rows : list of variants.Figures
        The book's network first.
    """
    heads = "".join(f'<th role="columnheader" scope="col">{head}</th>' for head in COLUMNS)
    body = "".join(_row(row, rows[0]) for row in rows)
    return (
        '<table role="table" aria-label="The networks compared">'
        '<thead role="rowgroup"><tr role="row">'
        f'<th role="columnheader" scope="col">Network</th>{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table>'
    )


def _row(row, book):
    """Return the table's row of one network."""
    variant, accuracy = row.variant, row.accuracy
    query = f"?{urlencode(variant.settings)}" if variant.settings else ""
    head = (
        f"<b>{variant.title}</b><span>{variant.change}</span>"
        f'<a href="{variant.page}{query}" data-name="{variant.name}">{variant.about} →</a>'
    )
    cells = (
        _shapes(row.shapes),
        _compared(row.parameters, book.parameters, row is book),
        _compared(row.multiply_adds, book.multiply_adds, row is book),
        f"<b>{row.sees} × {row.sees}</b><span>{row.share:.0%} of the digit</span>",
        f"<b>{accuracy.mean:.2%}</b><span>{accuracy.lowest:.2%} to {accuracy.highest:.2%}</span>"
        f"<span>{accuracy.runs} trainings</span>",
        _timed(row.training, row is book),
        _timed(row.forward, row is book),
    )
    named = "".join(
        f'<td role="cell" data-label="{name}"><div>{cell}</div></td>'
        for name, cell in zip(COLUMNS, cells, strict=True)
    )
    return f'<tr role="row"><th role="rowheader" scope="row">{head}</th>{named}</tr>'


def _shapes(shapes):
    """Return the layers' output shapes, each layer at the same place for every network."""
    return '<span class="shapes">{}</span>'.format(
        "".join(
            f"<i>{name}</i><span>{shape_in_words(shapes[name]) if name in shapes else '–'}</span>"
            for name in variants.layers()
        )
    )


def _compared(number, books, is_book):
    """Return a number, and for other networks than the book's how many times that one's it is."""
    return f"<b>{grouped(number)}</b>" + (
        "" if is_book else f"<span>{variants.times(number / books)}</span>"
    )


def _timed(ratio, is_book):
    """Return a ratio of times with its lowest and highest, for the book's network only the 1."""
    if is_book:
        return f"<b>{variants.times(1)}</b>"
    ends = f"{variants.two_digits(ratio.lowest)} to {variants.times(ratio.highest)}"
    return f"<b>{variants.times(ratio.median)}</b><span>{ends}</span>"


# ---- Accuracies on a line --------------------------------------------------------------


def strips(rows):
    """Return every training's accuracy as a mark on a line, one line for each network, as HTML."""
    every = [accuracy for row in rows for accuracy in row.trainings]
    low = AXIS_STEP * (min(every) // AXIS_STEP)
    high = AXIS_STEP * -(-max(every) // AXIS_STEP)

    def place(accuracy):
        return f"left:{(accuracy - low) / (high - low):.2%}"

    book = rows[0].accuracy
    width = f"width:{(book.highest - book.lowest) / (high - low):.2%}"
    band = f'<i class="band" style="{place(book.lowest)};{width}"></i>'
    lines = [
        f'<div role="listitem"><b>{row.variant.title}</b><span class="line" role="img" aria-label="'
        f'{", ".join(f"{accuracy:.2%}" for accuracy in row.trainings)}">{band}'
        + "".join(f'<i class="run" style="{place(accuracy)}"></i>' for accuracy in row.trainings)
        + f'<i class="mean" style="{place(row.accuracy.mean)}"></i></span>'
        f"<span>{row.accuracy.mean:.2%}</span></div>"
        for row in rows
    ]
    axis = f"<span>{low:.1%}</span><span>{high:.1%}</span>"
    return (
        f'<div class="strips" role="list">{"".join(lines)}'
        f'<div class="axis" aria-hidden="true"><b></b><span>{axis}</span><span></span></div></div>'
    )


# ---- The digit through all -------------------------------------------------------------


def stage(answered):
    """Return the answers, and then layer by layer the strongest maps, side by side, as HTML."""
    drawn = answered[0][1] is not None
    answers = [(variant.title, best_two(found["softmax"])) for variant, found in answered if found]
    words = (
        variants.agreement_in_words(answers)
        if drawn
        else "Nothing is drawn yet: draw a digit, or take a test digit above, and "
        f"all {len(answered)} networks answer it here."
    )
    parts = [_across("Answer", [_answer(*pair) for pair in answered])]
    parts += [_across(name, [_maps(name, *pair) for pair in answered]) for name in variants.maps()]
    return (
        f"<header><h2>Your digit through all of them</h2><p>{marked(words)}</p></header>"
        f'<div class="across" style="--count:{len(answered)}">{"".join(parts)}</div>'
        f"<p>The {STRONGEST} strongest maps of each layer, with the number of their channel. "
        "Black is 0; the brightest colour is the largest number of that layer in that network.</p>"
    )


def _across(title, cells):
    """Return one stage of every network, side by side under its title."""
    return f'<section class="row"><h3>{title}</h3><div>{"".join(cells)}</div></section>'


def _answer(variant, found):
    """Return a network's answer, its probability, and the ten probabilities as bars."""
    probabilities = found["softmax"] if found else [0] * 10
    best = best_two(probabilities) if found else None
    bars = "".join(
        f'<li class="{"best" if best and digit == best.digit else ""}">'
        f'<i style="height:{float(share):.1%}"></i><b>{digit}</b></li>'
        for digit, share in enumerate(probabilities)
    )
    said, sure = (best.digit, f"{best.probability:.1%}") if best else ("–", "no answer")
    then = f"then {best.second_digit}, {best.second_probability:.1%}" if best else ""
    state = "answer" if best else "answer blank"
    return (
        f'<figure class="{state}"><figcaption><b>{variant.title}</b></figcaption>'
        f'<output aria-label="{variant.title} answers">{said}</output>'
        f"<div><b>{sure}</b><span>{then}</span></div>"
        f'<ol aria-hidden="true">{bars}</ol></figure>'
    )


def _maps(name, variant, found):
    """Return the strongest maps of one layer of a network, with their scale."""
    shapes = {layer: shape for layer, shape, _ in SPECS[variant.name].summary()}
    of = f"<b>{variant.title}</b>"
    if name not in shapes:
        return f'<figure class="cell"><figcaption>{of}<span>no {name}</span></figcaption></figure>'
    caption = f"<figcaption>{of}<span>{shape_in_words(shapes[name])}</span></figcaption>"
    if found is None:
        maps, legend = '<div class="map"></div>' * STRONGEST, ""
    else:
        maps, legend = _strongest(f"{name} of {variant.title}", found[name])
    return (
        f'<figure class="cell">{caption}<div class="maps">{maps}</div>'
        f'<div class="legend">{legend}</div></figure>'
    )


def _strongest(title, values):
    """Return the strongest maps of a layer's output as pictures, and the ends of their scale."""
    end, dead = float(values.max()), feature_maps.dead(values)
    maps = ""
    for channel in feature_maps.strongest_first(values)[:STRONGEST]:
        words = f"{channel}: all zero" if channel in dead else str(channel)
        maps += (
            f'<div class="map"><img src="{data_url(values[:, :, channel], end)}" '
            f'alt="{title}, channel {words}"><span>{words}</span></div>'
        )
    zero = f"{len(dead)} of {values.shape[2]} all zero" if len(dead) else ""
    return maps, f"<span>0</span><i></i><span>{short(end)}</span><span>{zero}</span>"
