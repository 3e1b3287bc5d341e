"""How far a unit sees, in words and in a table, against the stacks' own numbers."""

from cnnviz.labs import receptive_field, stacks
from cnnviz.labs.stacks import CONVOLUTION, StackLayer

SHIPPED = stacks.of_network("convnet")
ONE = [StackLayer(CONVOLUTION, 5, 1, "valid")]


def test_growth_names_the_first_and_the_last_layer():
    words = receptive_field.growth(28, SHIPPED)
    assert "**conv1** sees 3 × 3 pixels" in words
    assert "**conv3** sees **18 × 18**, 41% of the picture" in words


def test_a_stack_of_one_layer_or_none_does_not_grow():
    assert receptive_field.growth(28, ONE) == (
        "A unit of **conv1** sees 5 × 5 pixels of the digit."
    )
    assert "no layer" in receptive_field.growth(28, [])


def test_the_table_shows_what_differs_from_the_shipped_network():
    *_, row = receptive_field.table(28, ONE, SHIPPED).splitlines()
    cells = [cell.strip() for cell in row.split("|")[1:-1]]
    assert cells[:3] == [
        "**conv1**",
        "**24 × 24** :gray[instead of 26 × 26]",
        "**5 × 5** :gray[instead of 3 × 3]",
    ]
    assert cells[3] == "1"  # the step is the same, and bare


def test_the_finding_counts_the_pixels_that_are_never_read():
    words = receptive_field.finding(28, SHIPPED)
    assert "**26 and 27**" in words
    assert f"**{28**2 - 26**2} of the 784 pixels**" in words
    assert "**pool2**" in words
