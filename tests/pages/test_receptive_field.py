"""The Receptive field page through AppTest: the table, stacks, and strokes that test it."""

import pytest

from tests.helpers import draw_on_probe, open_app, open_page, path_object, sent, words


def field_rows(page):
    """The cells of the table of receptive fields, by layer."""
    table = next(text.value for text in page.markdown if text.value.startswith("| layer | output"))
    rows = [row.split("|")[1:-1] for row in table.splitlines()[2:]]
    return {row[0].strip(" *"): [cell.strip() for cell in row[1:]] for row in rows}


def field_layers(page):
    """The layers that the receptive-field view was sent."""
    return sent(page, "never")[0]["layers"]


def test_the_receptive_fields_of_the_shipped_network():
    page = open_page("receptive_field")
    assert field_rows(page) == {
        "conv1": ["26 × 26", "3 × 3", "1", "1", "26", "1.1%"],
        "pool1": ["13 × 13", "4 × 4", "2", "1.5", "25.5", "2.0%"],
        "conv2": ["11 × 11", "8 × 8", "2", "3.5", "23.5", "8.2%"],
        "pool2": ["5 × 5", "10 × 10", "4", "4.5", "20.5", "12.8%"],
        "conv3": ["3 × 3", "18 × 18", "4", "8.5", "16.5", "41.3%"],
    }
    assert page.get_by_key("preset").value == "This network"
    assert not page.warning


def test_the_finding_is_stated_with_its_numbers():
    text = words(open_page("receptive_field")).replace("\N{NO-BREAK SPACE}", " ")
    for part in ("**26 and 27**", "**108 of the 784 pixels**", "**pool2**", "11 × 11"):
        assert part in text


@pytest.mark.parametrize(
    ("preset", "last", "output", "field"),
    [
        ("Without pooling", "conv3", "22 × 22", "7 × 7"),
        ("Stride 2 instead of pooling", "conv3", "4 × 4", "15 × 15"),
        ("5 × 5 kernels", "pool2", "4 × 4", "16 × 16"),
        ("Same padding", "conv3", "7 × 7", "18 × 18"),
    ],
)
def test_every_preset_shows_its_fields_beside_the_networks(preset, last, output, field):
    page = open_page("receptive_field")
    page.get_by_key("preset").set_value(preset).run()
    assert not page.exception
    assert page.get_by_key("preset").value == preset
    rows = field_rows(page)
    assert list(rows)[-1] == last
    shown = [cell.removeprefix("**").split("**")[0] for cell in rows[last][:2]]
    assert shown == [output, field]
    if last == "conv3" and field != "18 × 18":
        assert rows[last][1].endswith(":gray[instead of 18 × 18]")
    assert [layer["name"] for layer in field_layers(page)] == ["input", *rows]
    page.get_by_key("preset").set_value("This network").run()
    assert "conv3" in field_rows(page)
    assert page.get_by_key("padding1").value == "valid"


def test_an_impossible_stack_says_which_layer_and_why_and_keeps_the_others():
    page = open_page("receptive_field")
    page.get_by_key("preset").set_value("5 × 5 kernels").run()
    assert [warning.value for warning in page.warning] == [
        "conv3 has no output: its 5 × 5 window does not fit into the 4 × 4 map that pool2 leaves."
    ]
    assert len(field_layers(page)) == 5
    page.get_by_key("window3").set_value(3).run()
    assert not page.exception
    assert not page.warning
    assert page.get_by_key("preset").value is None
    assert len(field_layers(page)) == 6


def test_a_stack_of_no_layers_is_a_state_with_a_sentence():
    page = open_page("receptive_field")
    for place in range(1, 7):
        page.get_by_key(f"kind{place}").set_value("none")
    page.run()
    assert not page.exception
    assert "no layer" in words(page)


def test_six_layers_of_which_one_was_added():
    page = open_page("receptive_field")
    page.get_by_key("kind6").set_value("max pooling").run()
    assert list(field_rows(page))[-1] == "pool3"
    assert field_rows(page)["pool3"][:2] == ["1 × 1", "26 × 26"]


def test_the_stack_comes_from_the_address_and_what_it_does_not_know_falls_back():
    page = open_page("receptive_field", kind2="None", kind4="None", stride1="9", padding5="?")
    assert list(field_rows(page)) == ["conv1", "conv2", "conv3"]
    assert page.get_by_key("stride1").value == 1
    assert page.get_by_key("preset").value == "Without pooling"


def test_a_stroke_in_the_never_read_rows_changes_nothing():
    page = open_page("receptive_field")
    page.get_by_key("sample").set_value(3).run()
    next(button for button in page.button if button.label == "Draw one there for me").click().run()
    assert not page.exception
    assert "none of them is ever read" in words(page)
    assert "Not one of the ten probabilities changed" in words(page)
    next(button for button in page.button if button.label == "Clear the stroke").click().run()
    assert "No stroke yet" in words(page)


def test_a_stroke_through_the_digit_is_read():
    page = open_page("receptive_field")
    page.get_by_key("sample").set_value(3).run()
    stroke = path_object([(30, 140), (250, 140)], pen=10)
    draw_on_probe(page, stroke)
    assert "pixels of your stroke are read" in words(page)
    assert "The answer" in words(page)


def test_the_stack_outlives_a_visit_to_another_page():
    app = open_app()
    app.switch_page("pages/receptive_field.py").run()
    app.get_by_key("preset").set_value("Without pooling").run()
    app.switch_page("pages/network.py").run()
    app.switch_page("pages/receptive_field.py").run()
    assert app.get_by_key("preset").value == "Without pooling"
    assert field_rows(app)["conv3"][0].startswith("**22 × 22**")


def test_pressing_the_chosen_preset_again_changes_nothing():
    page = open_page("receptive_field")
    page.get_by_key("preset").set_value("Same padding").run()
    page.get_by_key("preset").set_value(None).run()
    assert not page.exception
    assert page.get_by_key("preset").value == "Same padding"
