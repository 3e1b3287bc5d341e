"""Tables in words: what is in a cell stays in it."""

import pytest

from cnnviz.words import markdown_table


def test_a_cell_ends_neither_at_a_bar_nor_at_a_line_break():
    table = markdown_table(["a|b", "c"], [["d | e\n\n| f", 1]])
    assert table.splitlines() == [r"| a\|b | c |", "|---|---|", r"| d \| e  \| f | 1 |"]


@pytest.mark.parametrize(("rows", "align"), [([["1"]], ""), ([["1", "2"]], "lrr"), ([], "l")])
def test_a_table_has_a_cell_and_a_side_for_each_column(rows, align):
    with pytest.raises(ValueError, match="2 letters in align and cells in each row"):
        markdown_table(["a", "b"], rows, align)
