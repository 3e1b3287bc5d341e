"""The network layer by layer: shapes and parameters with their reasons, and how good it is."""

import streamlit as st

from cnnviz import session

session.require_app()
st.title("The network")
