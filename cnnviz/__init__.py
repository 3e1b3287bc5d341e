"""See how a convolutional network works: the computations, in NumPy, that the pages show.

Data flows one way: strokes -> digit -> activations -> view.

The core, which imports no room:

arithmetic   output sizes, padding, windows: integers in, integers out
ops          convolution, pooling, dense, softmax on arrays
layers       the layers of a network: shapes, parameters, outputs
networks     the shipped networks: specification, weights, forward pass
ink          strokes or a picture -> the 28 x 28 digit a network reads
mnist        the data set, bundled
render       arrays -> colours, pictures
types        what passes between the rooms
words        how numbers are written

The rooms:

digits       what a person gives: the board's JSON, pictures in colour
inspection   what a network makes of a digit: maps, answer, one number and its terms
labs         windows that slide, filters, pools, stacks, shifts, variants, questions
runs         trainings and what they leave
training     builds and trains the networks with Keras, in a process of its own
export       slides, tables, code to take away
html         pieces of HTML
components   parts of a page that run in the browser
session      what lasts from one run of a page to the next
layout       what several pages lay out in the same way
"""

import os

# The products computed here are small: one thread is as fast as several, and leaves the other
# cores to the browser. OpenBLAS reads this when NumPy is first imported, which is after this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
