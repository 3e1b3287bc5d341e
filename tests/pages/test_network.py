"""The page of the network through AppTest: its table against numbers worked out by hand."""

from tests.helpers import open_page


def test_the_layer_table_states_every_shape_and_parameter_count():
    table = open_page("network").markdown[1].value
    expected = {
        "conv1": ("26 × 26 × 32", "320"),
        "pool1": ("13 × 13 × 32", "0"),
        "conv2": ("11 × 11 × 64", "18 496"),
        "pool2": ("5 × 5 × 64", "0"),
        "conv3": ("3 × 3 × 64", "36 928"),
        "flatten": ("576", "0"),
        "dense": ("64", "36 928"),
        "softmax": ("10", "650"),
    }
    rows = [row for row in table.splitlines() if row.startswith("| **")]
    assert len(rows) == len(expected)
    for row, (name, (shape, parameters)) in zip(rows, expected.items(), strict=True):
        cells = [cell.strip() for cell in row.replace("\N{NARROW NO-BREAK SPACE}", " ").split("|")]
        assert (cells[1], cells[3], cells[5]) == (f"**{name}**", shape, parameters)
