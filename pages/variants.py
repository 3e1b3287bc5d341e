"""What padding, stride and pooling are worth: networks that differ in one thing, compared."""

import streamlit as st

from cnnviz.components.variants import variants_stage, variants_table
from cnnviz.html.variants import strips
from cnnviz.labs import variants
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.frame import require_app
from cnnviz.runs import records
from cnnviz.session import in_use
from cnnviz.session.lab import Lab
from cnnviz.words import grouped

require_app()
rows = [variants.figures(variant) for variant in variants.VARIANTS]
book, *others = rows
recipe, speed = records.runs(variants.BOOK)[0]["recipe"], records.speed()


def follow(name: str) -> None:
    """Go to the page that explains a network, set to what the network does."""
    variant = next(variant for variant in variants.VARIANTS if variant.name == name)
    Lab(variant.page).choose(**variant.settings)
    st.switch_page(f"pages/{variant.page}.py")


look = digit_bar(in_use.network(variants.BOOK))

if in_use.runs():
    st.caption(
        "The answers and maps are those of the networks in use. What was measured is of the "
        "shipped ones."
    )

with st.container(border=True, key="card_worth"):
    st.subheader("What padding, stride and pooling are worth")
    st.markdown(
        "Each of these networks differs in one thing from the book's, which is the one that the "
        "other pages show. All were trained in the same way: "
        f" {recipe['epochs']} epochs over {grouped(recipe['training_digits'])} digits."
    )
    if followed := variants_table(rows, "worth"):
        follow(followed)
    st.caption(
        "Multiply-adds: the products that one forward pass adds up. Right: the mean, then the "
        f"lowest and the highest training, on {grouped(recipe['test_digits'])} unseen digits. "
        "Times: beside the book's network on the same machine, in training by Keras and one "
        f"digit through this app's own code; the median of {speed['rounds']} rounds in which "
        "the networks took turns, then the lowest and the highest round."
    )

with st.container(border=True, key="card_chance"):
    st.subheader("Is the difference more than chance?")
    st.markdown(variants.seeds_in_words(rows))
    st.html(strips(rows))
    st.caption(
        "A dot is one training, an upright bar their mean; the range of the book's network is "
        "shaded."
    )
    st.markdown("\n".join(f"- {variants.compared_in_words(row, book)}" for row in others))
    st.markdown(variants.apart_in_words(rows))

answered = [
    (
        row.variant,
        in_use.network(row.variant.name).forward(look.digit) if look.activations else None,
    )
    for row in rows
]
variants_stage(answered, "through_all")
