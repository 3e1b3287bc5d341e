"""Sums of dense layers as HTML tables: terms, logits, exponentials, probabilities."""

from cnnviz.words import MINUS, THIN_SPACE, grouped, signed


def terms_table(terms, names, activation):
    """Return how a dense unit's number comes about: its largest products, the rest, the bias.

    Parameters
    ----------
    terms : opened.Terms
    names : sequence of str
        The name of each input.
    activation : {"relu", "softmax"}
    """
    largest = max(abs(product) for *_, product in terms.rows) or 1.0
    rows = [
        f"<tr><th>{names[i]}</th><td>{value:.3f}</td><td>×</td><td>{signed(weight)}</td><td>=</td>"
        f'<td><data value="{product!r}">{signed(product)}</data></td>'
        f"<td>{_bar(product / largest)}</td></tr>"
        for i, value, weight, product in terms.rows
    ]
    if terms.rest_count:
        words = f"the other {grouped(terms.rest_count)} products together"
        rows.append(_sum_row(words, "rest", terms.rest))
    rows.append(_sum_row("bias", "bias", terms.bias))
    before = "sum, before ReLU" if activation == "relu" else "sum: the logit"
    rows.append(_sum_row(before, "before", terms.before))
    if activation == "relu":
        rows.append(_sum_row("ReLU: max(0, ·)", "result", terms.result))
    return f'<div class="wide"><table class="terms">{"".join(rows)}</table></div>'


def _sum_row(words, name, value):
    """Return a row that has only a name and a number."""
    return (
        f'<tr class="{name}"><th colspan="5">{words}</th>'
        f'<td><data value="{value!r}">{signed(value)}</data></td><td></td></tr>'
    )


def _bar(share):
    """Return a bar of a length in [-1, 1]."""
    side = "negative" if share < 0 else "positive"
    return f'<i class="{side}" style="width:{abs(share):.1%}"></i>'


def softmax_table(logits, exponentials, probabilities, chosen):
    """Return the columns logit, exponential, probability, and what they add up to.

    Parameters
    ----------
    logits, exponentials, probabilities : ndarray of float, shape (units,)
        See `opened.softmax_columns`.
    chosen : int
        The unit to point out.
    """
    top = float(logits.max())
    total = float(exponentials.sum())
    rows = [
        f'<tr class="{"chosen" if unit == chosen else ""}"><th>{unit}</th>'
        f"<td>{signed(float(logit))}</td><td>{signed(float(logit) - top)}</td>"
        f'<td><data value="{float(exponential)!r}">{_small(float(exponential))}</data></td>'
        f'<td><data value="{float(probability)!r}">{_small(float(probability))}</data></td>'
        f"<td>{_bar(float(probability))}</td></tr>"
        for unit, (logit, exponential, probability) in enumerate(
            zip(logits, exponentials, probabilities, strict=True)
        )
    ]
    head = (
        "<tr><th>digit</th><th>logit</th><th>less the largest</th><th>e to that</th>"
        f"<th>divided by {total:.4f}</th><th></th></tr>"
    )
    foot = (
        f'<tr class="result"><th>sum</th><td></td><td></td><td>{total:.4f}</td>'
        f"<td>{float(probabilities.sum()):.4f}</td><td></td></tr>"
    )
    return f'<div class="wide"><table class="terms">{head}{"".join(rows)}{foot}</table></div>'


def _small(number):
    """Return a number in [0, 1] with four decimals, or with a power of ten if that says nothing."""
    if number == 0 or number >= 0.0001:
        return f"{number:.4f}"
    mantissa, exponent = f"{number:.1e}".split("e")
    return f"{mantissa}{THIN_SPACE}×{THIN_SPACE}10<sup>{MINUS}{abs(int(exponent))}</sup>"
