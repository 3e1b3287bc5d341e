"""The stage of a lab in the browser: as Python makes it, and before Python answers."""

import random
from functools import partial

import numpy as np
import pytest

from cnnviz.labs import typed
from cnnviz.session import convolution, grid
from cnnviz.session.lab import Lab
from cnnviz.session.state import State
from tests.helpers import controls, open_page, send, view


@pytest.fixture(scope="module")
def functions(with_modules):
    """A blank page that has what the stage is made by."""
    names = ("sliding_window/kernel", "sliding_window/opened", "sliding_window/stage")
    return with_modules(*names, "number_grid/number", "engine/arithmetic")


# ---- Against Python's own ----------------------------------------------------------------

# The stage that changes make of a message, the one that the next message is, and what is shown of
# the next one after the first.
BOTH = """(steps) => steps.map(({ before, after, changes }) => {
  const read = changes.map(({ texts, ...change }) =>
    texts ? { ...change, value: numbersOf(texts) } : change);
  const own = staged(decoded(before), read);
  return [own, staged(decoded(after), []), staged(decoded(after), [], own)].map((stage) => ({
    ...stage,
    input: Array.from(stage.input.values),
    kernel: stage.kernel && Array.from(stage.kernel),
    values: Array.from(stage.output.values),
    sums: Array.from(stage.output.sums),
    largest: [stage.output.largest, stage.filter?.kernel.largest],
  }));
})"""
SAME = ("kind", "windows", "bias", "reading", "layout", "token", "at", "input", "kernel")


class Steps:
    """Changes on a page of a lab, by chance, with the messages before and after them."""

    def __init__(self, name, take, **address):
        self.page, self.panel, self.take = open_page(name, 3, **address), f"{name}_settings", take
        self.random, self.turn, self.steps, self.changes = random.Random(name), 0, [], []
        self.before = view(self.page)

    def settings(self, *names):
        """Change some of the settings, as far as the panel allows."""
        shown, _ = controls(self.page)
        values = {name: self._value(shown[name]) for name in names}
        changed = {"turn": self._next_turn(), "values": values}
        send(self.page, self.panel, partial(self.take, self.panel), changed=changed)
        self.changes += [{"name": name, "value": value} for name, value in values.items()]

    def cells(self, key, height, width):
        """Type into all cells of a grid; one in four times something is no number."""
        texts = [[self._text() for _ in range(width)] for _ in range(height)]
        if self.random.random() < 0.25:
            texts[0][0] = "two"
        name = grid.cells_key(key)
        cells = {"turn": self._next_turn(), "texts": texts, "good": None}
        send(self.page, name, partial(grid.take_cells, key), cells=cells)
        self.changes.append({"name": name, "texts": texts})

    def sides(self):
        """The rows and columns of the typed kernel."""
        shown, _ = controls(self.page)
        return shown["rows"]["value"], shown["columns"]["value"]

    def answer(self):
        """End a step: the browser makes of all its changes at once what Python made one by one."""
        after = view(self.page)
        self.steps.append({"before": self.before, "after": after, "changes": self.changes})
        self.before, self.changes = after, []

    def _next_turn(self):
        self.turn += 1
        return self.turn

    def _value(self, control):
        if "options" in control:
            return self.random.choice(control["options"])
        if control["kind"] == "toggle":
            return not control["value"]
        value = self.random.uniform(control["least"], control["most"])
        return round(value, 2) if control["kind"] == "number" else round(value)

    def _text(self):
        return self.random.choice(["0", "1", "-2", "1/9", "0,25", "−3.5", "2e1"])


def padding_steps(**address):
    steps = Steps("padding", Lab("padding").take_change, **address)
    names = ("padding", "kernel_height", "kernel_width", "stride", "dilation")
    for _ in range(16):
        steps.settings(*steps.random.sample(names, steps.random.randint(1, 3)))
        steps.answer()
    return steps


def pooling_steps(**address):
    steps = Steps("pooling", Lab("pooling").take_change, **address)
    names = ("pool_padding", "pool_size", "pool_stride")
    for _ in range(12):
        steps.settings(*steps.random.sample(names, steps.random.randint(1, 2)))
        steps.answer()
    return steps


def convolution_steps(*names, **address):
    steps = Steps("convolution", convolution.change, **address)
    for i in range(12):
        steps.settings(*steps.random.sample(names, steps.random.randint(1, 3)))
        if i % 2:
            steps.cells(State.kernel, *steps.sides())
            steps.settings("rows", "columns")
        steps.answer()
    return steps


def typed_numbers(name, take, key):
    steps = Steps(name, take, **{f"{name}_input": "Numbers"})
    for _ in range(6):
        steps.cells(key, 6, 6)
        steps.answer()
    return steps


KERNEL = ("rows", "columns", "example", "bias", "relu")
CASES = {
    "padding, a digit": padding_steps,
    # Kernels and dilations that do not fit come back with what allows them.
    "padding, few numbers": partial(padding_steps, padding_input="Numbers", padding_size=5),
    "pooling, a digit": pooling_steps,
    "pooling, few numbers": partial(
        pooling_steps, pooling_input="Numbers", pooling_numbers="1 2 3;4 5 6"
    ),
    "convolution, a digit": partial(convolution_steps, *KERNEL),
    "convolution, few numbers": partial(
        convolution_steps, *KERNEL, convolution_input="Numbers", convolution_numbers="1 2 3;4 5 6"
    ),
    "convolution, in colour": partial(
        convolution_steps,
        *("for_red", "for_green", "for_blue", "rows", "columns", "bias", "relu"),
        convolution_input="In colour",
    ),
    "typed for padding": partial(
        typed_numbers, "padding", Lab("padding").take_change, State.padding_numbers
    ),
    "typed for pooling": partial(
        typed_numbers, "pooling", Lab("pooling").take_change, State.pooling_numbers
    ),
    "typed for convolution": partial(
        typed_numbers, "convolution", convolution.change, State.convolution_numbers
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_changes_make_the_stage_that_python_sends_then(functions, case):
    steps = CASES[case]().steps
    for (own, pythons, shown), step in zip(functions.evaluate(BOTH, steps), steps, strict=True):
        assert {name: own[name] for name in SAME} == {name: pythons[name] for name in SAME}, step[
            "changes"
        ]
        for name in ("values", "sums", "largest"):
            np.testing.assert_allclose(
                np.array(own[name], float), np.array(pythons[name], float), rtol=1e-5, atol=1e-4
            )
            assert shown[name] == own[name], "a number that is shown does not change"


def test_cells_are_read_as_in_python(functions):
    choose = random.Random(0)
    parts = [*"0123456789", *"+-−.,/eE _;", "nan", "inf", "1/9", "501", "5e2", "0" * 29, "two"]
    texts = ["".join(choose.choices(parts, k=choose.randint(1, 4))) for _ in range(2000)]
    read = functions.evaluate("(texts) => texts.map((text) => numbersOf([[text]]))", texts)
    for text, found in zip(texts, read, strict=True):
        values = typed.read(typed.join([[text]])).values
        assert (found is None) == (values is None), text
        assert found is None or np.float32(found[0][0]) == values[0, 0], text
    assert 200 < sum(found is not None for found in read) < 1800


def test_one_cell_without_a_number_leaves_the_grid_without(functions):
    assert functions.evaluate("() => numbersOf([['1', '2'], ['3', '']])") is None


def test_a_kernel_in_another_size_is_that_of_python(functions):
    choose = random.Random(1)
    cases = [[[choose.randint(1, 7) for _ in range(2)] for _ in range(2)] for _ in range(60)]
    resized = functions.evaluate(
        """(cases) => cases.map(([from, to]) => Array.from(
          centred(Array.from({ length: from[0] * from[1] }, (_, i) => i + 1), from, to)))""",
        cases,
    )
    for (size, other), found in zip(cases, resized, strict=True):
        kernel = np.arange(1, size[0] * size[1] + 1).reshape(size)
        assert found == typed.resized(kernel, *other, centred=True).ravel().tolist()
