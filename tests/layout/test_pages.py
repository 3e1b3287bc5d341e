"""The one list of pages: it has them all, and nobody writes another one."""

import ast
import re

import pytest

from cnnviz.layout.pages import PAGES
from tools import ROOT

NAMES = {page.name for page in PAGES}
TITLES = {page.title for page in PAGES}
# A few pages picked for a reason may be named; half of all is a list that ought to be this one.
SEVERAL = len(PAGES) // 2
FOLDERS = ("benchmarks", "tests", "tools")
READERS = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]


def test_the_list_has_every_file_of_the_pages_folder_and_no_other():
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").glob("*.py")}
    assert files == {page.path for page in PAGES}, "PAGES in cnnviz/layout/pages.py"


def test_no_two_pages_have_a_title_a_path_or_a_purpose_in_common():
    for part in ("title", "path", "purpose"):
        assert len({getattr(page, part) for page in PAGES}) == len(PAGES)


def test_the_pages_of_a_group_follow_each_other():
    groups = [page.group for page in PAGES]
    assert list(dict.fromkeys(groups)) == ["See", "Build", "Understand", "Train"]
    assert groups == sorted(groups, key=["See", "Build", "Understand", "Train"].index)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_purpose_is_one_short_sentence(page):
    assert re.fullmatch(r"[A-Z][^.!?]+\.", page.purpose)
    assert len(page.purpose) <= 90


def test_only_the_first_page_is_at_the_apps_own_address():
    assert [page.address for page in PAGES][:2] == ["", "feature_maps"]
    assert {page.address for page in PAGES[1:]} == NAMES - {"draw"}


def test_the_readme_describes_every_page():
    section = (ROOT / "README.md").read_text("utf-8").split("## What each page shows")[1]
    rows = re.findall(r"^\| ([^|]+) \|", section.split("\n## ")[0], re.MULTILINE)
    assert set(rows) - {"page"} == TITLES, "a row for each page, in README's What each page shows"


def collections(path):
    """Each list, tuple and set that a file writes down, as the set of the texts in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.List | ast.Tuple | ast.Set):
            yield {item.value for item in node.elts if isinstance(item, ast.Constant)}


@pytest.mark.parametrize(
    "path", [ROOT / "app.py", *READERS], ids=lambda path: str(path.relative_to(ROOT))
)
def test_nobody_else_writes_the_pages_down(path):
    for texts in collections(path):
        names = {str(text).removesuffix(".py").removeprefix("pages/") for text in texts}
        assert len(names & NAMES) < SEVERAL
        assert len(names & TITLES) < SEVERAL
