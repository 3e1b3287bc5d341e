"""An app with one word on its page."""

import streamlit as st

st.write("empty")
