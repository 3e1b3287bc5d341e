"""What can be taken away from a page: slides, tables of numbers, Keras code."""
