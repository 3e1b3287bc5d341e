"""See how a convolutional network works: the computations, in NumPy, that the pages show.

Data flows one way: strokes -> digit -> activations -> view.

arithmetic   output sizes, padding, windows: integers in, integers out
ops          convolution, pooling, dense, softmax on arrays
layers       the layers of a network: shapes, parameters, outputs
networks     the shipped networks: specification, weights, forward pass
drawing      the drawing board's JSON -> strokes
pictures     an uploaded picture -> where its ink is
ink          strokes or a picture -> the 28 x 28 digit a network reads
feature_maps strongest and dead maps
gallery      maps or kernels side by side: order, colour scale, pages
opened       one number: the terms that it is the sum of
stacks       any stack of convolutions and poolings: sizes, receptive fields, what is never read
sliding      a window's settings: limits, padding, what is read, in numbers and words
pooling      a pool at work, and what could stand in its place
filtering    a filter at work: by channel, turned round, on a picture that moved
kernels      kernels known by name
typed        grids of numbers that a person types
shifts       a picture moved by whole pixels
shift_lab    a digit at every shift, as the networks see it
comparison   the convnet beside a dense network: errors, accuracy against shift
questions    questions about a page's numbers, with a reason to every answer
colour_pictures  three small pictures, and any uploaded
probe        what a stroke added to a digit changes
mnist        the data set, bundled
explain      the reasons for shapes and parameters, in words
answer       the answer in words
variants     the networks that differ from the book's in one thing: cost, accuracy, answers
likeness     does the ink look like a digit?
records      what the shipped training runs measured
recipe       how a network is trained
jobs         the trainings asked for: a queue, one process at a time
learning     how a training goes: curves, time left
runs         finished trainings: files, checkpoints, answers
evaluation   what a network gets right and wrong
render       arrays -> colours, pictures
slide        an empty slide to draw on
figures      arrays -> slides with title, scale and numbers
tables       activations -> files of numbers
keras_code   the Keras script that computes what a page shows
take_away    what a page offers to download
components   browser parts
session      the only module that keeps state between two runs of a page
training     builds and trains the networks with Keras, in a process of its own
"""

import os

# The products computed here are small: one thread is as fast as several, and leaves the other
# cores to the browser. OpenBLAS reads this when NumPy is first imported, which is after this.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
