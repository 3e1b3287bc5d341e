"""The least an app with a drawing board can do: say how many strokes it has."""

import streamlit as st
from streamlit_drawable_canvas import st_canvas

canvas = st_canvas(
    stroke_width=20,
    stroke_color="#fff",
    background_color="#000",
    width=280,
    height=280,
    key="board",
)
strokes = len((canvas.json_data or {}).get("objects", []))
st.html(f'<div data-strokes="{strokes}">{strokes}</div>')
