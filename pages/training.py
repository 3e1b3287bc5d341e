"""Training: watch a network learn, see what it gets wrong, and use it on every page."""

import streamlit as st

from cnnviz.export import take_away
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.finished_runs import compared_runs, finished_run
from cnnviz.layout.frame import require_app
from cnnviz.layout.live_html import live_html
from cnnviz.layout.take_away import downloads
from cnnviz.layout.training import bench, curves, learned
from cnnviz.runs import store
from cnnviz.session import in_use, training

require_app()
stage = training.stage()
training.take_finished()
digit_bar(in_use.network("convnet"))
left, right = st.columns([1, 2.5])
with left.container(border=True, key="card_settings"):
    st.subheader("Train a network")
    bench(stage)
with right.container(border=True, key="card_now"):
    st.subheader("How it learns")
    live_html("state")
    live_html("curves")
    curves(stage)
with st.container(border=True, key="card_learned"):
    st.subheader("What it has learned")
    learned(stage)
with st.container(border=True, key="card_finished"):
    st.subheader("Finished runs")
    st.caption(f"Of everyone on this server. The newest {store.KEPT} are kept.")
    run = training.chosen_run()
    finished_run(run)
with st.container(border=True, key="card_compare"):
    st.subheader("Runs compared")
    compared_runs()
downloads(take_away.run(run))
