"""The frame of every page: navigation and style."""

import streamlit as st

from cnnviz.html import style
from cnnviz.layout.frame import require_app
from cnnviz.session import in_use
from cnnviz.session.digit import visit

require_app()
st.set_page_config(page_title="cnnviz", page_icon="static/icon.png", layout="wide")
st.logo("static/logo.svg", size="large")
page = st.navigation(
    [
        st.Page("pages/draw.py", title="Draw", default=True),
        st.Page("pages/feature_maps.py", title="Feature maps"),
        st.Page("pages/filters.py", title="Filters"),
        st.Page("pages/convolution.py", title="Convolution"),
        st.Page("pages/padding.py", title="Padding & strides"),
        st.Page("pages/pooling.py", title="Max pooling"),
        st.Page("pages/receptive_field.py", title="Receptive field"),
        st.Page("pages/network.py", title="The network"),
        st.Page("pages/dense.py", title="Dense or convolution"),
        st.Page("pages/variants.py", title="Variants"),
        st.Page("pages/training.py", title="Training"),
    ],
    position="top",
)
st.html(f"<style>{style.sheets()}</style>")
visit(page.title)
for run in in_use.runs():
    st.caption(
        f"Every page shows your own {run.network_name}, right on {run.accuracy:.1%} of the test "
        "digits, instead of the shipped one. The Training page brings that back."
    )
page.run()
