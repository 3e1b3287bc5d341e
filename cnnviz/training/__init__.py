"""Build and train the networks with Keras.

The only part of the project that imports Keras and TensorFlow. It runs in a process of its
own, ``python -m cnnviz.training``, never in the web server: Streamlit clears Keras's state
and collects garbage after every run of a page once Keras is imported, which slows both.
"""
