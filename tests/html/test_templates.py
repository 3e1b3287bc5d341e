"""The templates: what comes from outside is text in them, and HTML stands nowhere else."""

import ast
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from jinja2 import meta

from cnnviz import mnist, networks
from cnnviz.html import answer, convolution, digit, facts, opened, stills, training, variants
from cnnviz.html.environment import ENVIRONMENT, template
from cnnviz.inspection.answer import Answer
from cnnviz.inspection.opened import Terms, convolve
from cnnviz.labs.variants import VARIANTS, figures
from cnnviz.runs import jobs

ROOT = Path(__file__).parents[2]
HOSTILE = """<img src=x onerror="alert('1')"> </p> &amp;"""
DIGIT = mnist.digit(0)
BEST = Answer(7, 0.9, 1, 0.1)


class Parsed(HTMLParser):
    """What a browser makes of HTML: every attribute and its value, and every text."""

    def __init__(self, html):
        super().__init__()
        self.names, self.values, self.texts = set(), [], [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.names |= {name for name, _ in attrs}
        self.values += [value for _, value in attrs]
        self.texts.append("")

    def handle_endtag(self, tag):
        self.texts.append("")

    def handle_data(self, data):
        self.texts[-1] += data


def hostile_variant():
    return replace(VARIANTS[1], title=HOSTILE, change=HOSTILE, about=HOSTILE, page=HOSTILE)


def through_the_network():
    return networks.load(VARIANTS[1].name).forward(DIGIT)


def failed():
    return SimpleNamespace(state=jobs.FAILED, problem=HOSTILE, progress=SimpleNamespace(share=0.5))


IMAGE, KERNEL = np.ones((4, 4, 1), np.float32), np.ones((3, 3, 1), np.float32)

PIECES = {
    "the remark on an answer": lambda: answer.answer(np.ones(10) / 10, BEST, HOSTILE),
    "what framing did": lambda: digit.received(True, BEST, HOSTILE),
    "a fact": lambda: facts.facts([HOSTILE]),
    "a warning": lambda: facts.facts([], [HOSTILE]),
    "a picture's title": lambda: stills.picture(HOSTILE, DIGIT, ""),
    "a picture's caption": lambda: stills.picture("", DIGIT, HOSTILE),
    "a channel": lambda: convolution.depth(
        IMAGE, KERNEL, convolve(IMAGE, KERNEL, names=(HOSTILE,))
    ),
    "a dense layer's input": lambda: opened.terms_table(
        Terms(((0, 1.0, 1.0, 1.0),), 0.0, 0, 0.0, 1.0, 1.0), [HOSTILE], "relu"
    ),
    "why a training failed": lambda: training.state(failed(), 0, False),
    "a checkpoint": lambda: training.learned(HOSTILE, None, None, ""),
    "a variant in the table": lambda: variants.table(
        [replace(figures(VARIANTS[1]), variant=hostile_variant())]
    ),
    "a variant on the line": lambda: variants.strips(
        [replace(figures(VARIANTS[1]), variant=hostile_variant())]
    ),
    "a variant on the stage": lambda: variants.stage([(hostile_variant(), through_the_network())]),
    "a variant on the blank stage": lambda: variants.stage([(hostile_variant(), None)]),
}


@pytest.mark.parametrize("piece", PIECES)
def test_text_from_outside_stays_text(piece):
    found = Parsed(PIECES[piece]())
    assert any(HOSTILE in text for text in [*found.texts, *found.values])
    assert not found.names & {"onerror"}
    assert "x" not in found.values


# ---- The templates -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ENVIRONMENT.list_templates())
def test_a_template_uses_nothing_but_what_it_is_given(name):
    source, *_ = ENVIRONMENT.loader.get_source(ENVIRONMENT, name)
    assert meta.find_undeclared_variables(ENVIRONMENT.parse(source)) == set()
    assert vars(template(name))


def test_line_breaks_of_a_template_are_not_in_its_html():
    made = ENVIRONMENT.from_string(
        """
        <ul class="a"
          id="b">
          {% for word in words %}
          <li>{{ word }}</li>

          {% endfor %}
          {{ words[0] }} and
          more <b>x</b> y
        </ul>
        """
    )
    html = made.render(words=["one\ntwo", "3"])
    assert html == (
        '<ul class="a" id="b"><li>one\ntwo</li><li>3</li>one\ntwo and more <b>x</b> y</ul>'
    )


# ---- Nowhere else ------------------------------------------------------------------------

TAG = re.compile(r"</?[a-z][a-z0-9]*[\s/>]")
# A component's root and a place for HTML are empty; a style is no HTML.
PLACE = re.compile(r"<(section|div)( [^<>]*)?></\1>|<style>[^<>]*</style>")
MARKED = Path("cnnviz/html/marked.py")  # makes the two elements that words may have
FILES = [
    path.relative_to(ROOT)
    for path in (ROOT / "app.py", *ROOT.glob("pages/*.py"), *ROOT.glob("cnnviz/**/*.py"))
]


def strings(tree):
    """The strings of a module but for its docstrings, what is put into them as an ellipsis."""
    documentation = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and isinstance(node.body[0], ast.Expr)
    }
    inside = {
        part for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield "".join(
                getattr(part, "value", "…") if isinstance(part, ast.Constant) else "…"
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node not in documentation | inside:
                yield node.value


@pytest.mark.parametrize("path", FILES, ids=str)
def test_html_stands_in_templates_only(path):
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = [text for text in strings(tree) if TAG.search(text) and not PLACE.fullmatch(text)]
    assert not found or path == MARKED
