"""The frame of every page: navigation and style."""

import streamlit as st

from cnnviz import session
from cnnviz.components import assets

session.require_app()
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
    ],
    position="top",
)
st.html(f"<style>{assets.style('page.css', 'inside.css', 'labs.css', 'chart.css')}</style>")
session.visit(page.title)
page.run()
