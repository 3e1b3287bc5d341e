"""An app with one slider and one image: what a slider costs in Streamlit at least."""

import numpy as np
import streamlit as st

from cnnviz import mnist
from cnnviz.labs.padding import add_up
from cnnviz.labs.sliding import Sliding

digit = mnist.digit(18)
stride = st.slider("Stride", 1, 5, 1)
output = add_up(digit, Sliding(digit.shape, (3, 3), stride)).output
picture = (255 * output / max(output.max(), 1)).astype(np.uint8)
st.image(picture, f"{output.shape[0]} × {output.shape[1]}", width=280, output_format="PNG")
