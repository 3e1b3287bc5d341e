"""The network layer by layer: shapes and parameters with their reasons, and how good it is."""

import streamlit as st

from cnnviz.html.network import accuracy_table, layer_table
from cnnviz.layout.frame import require_app
from cnnviz.runs import records
from cnnviz.session import in_use
from cnnviz.words import grouped, shape_in_words

require_app()

spec = in_use.network("convnet").spec
recipe = records.runs("convnet")[0]["recipe"]

with st.container(border=True, key="card_layers"):
    st.subheader("The network, layer by layer")
    st.markdown(
        f"A digit of {shape_in_words(spec.input_shape)} goes in: height × width × channels. Going "
        "down, the maps get smaller and more numerous. The last maps are laid out in one row, and "
        f"two dense layers turn that row into ten probabilities. In all, "
        f"**{grouped(spec.parameters())}** numbers were learned."
    )
    with st.container(key="layer_table"):
        st.markdown(layer_table(spec))
    st.caption("⌊ ⌋ rounds down: a window that does not fit whole is not used.")

with st.container(border=True, key="card_accuracy"):
    st.subheader("How good it is")
    st.markdown(accuracy_table(("convnet", "dense")))
    st.caption(
        f"Measured here. Each training started from other random weights and ran for "
        f"{recipe['epochs']} epochs over {grouped(recipe['training_digits'])} digits; the accuracy "
        f"is the share of {grouped(recipe['test_digits'])} unseen test digits that it got right. "
        "The network called dense has no convolution; it is here for comparison."
    )
