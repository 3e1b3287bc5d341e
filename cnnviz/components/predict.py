"""A question to answer before looking, and what there is to say to the answer."""

import zlib

import streamlit as st


def predict(question, on_answer, on_another):
    """Show a question with its choices; after one is chosen, whether it is right, and why.

    Parameters
    ----------
    question : questions.Question
    on_answer : callable
        Called with the question's cell when a choice is made.
    on_another : callable
        Called when another question is wanted.
    """
    texts = [choice.text for choice in question.choices]
    with st.container(border=True, key="card_predict"):
        st.subheader("Predict first")
        chosen = st.radio(
            question.text,
            texts,
            index=None,
            key=f"answer_{zlib.crc32(repr(question).encode())}",  # a new question has no answer
            on_change=on_answer,
            args=(question.cell,),
        )
        if chosen is not None:
            st.markdown(question.verdict(chosen))
        st.button("Another question", on_click=on_another)
