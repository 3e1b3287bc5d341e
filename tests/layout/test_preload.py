"""What a page's HTML names is what the page asks for."""

import re

import pytest

from cnnviz.layout import preload
from cnnviz.layout.pages import PAGES
from tests.helpers import open_page


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_list_names_the_components_that_a_page_shows(page):
    visits = open_page(page.name), open_page(page.name, label=3)
    shown = [element for visit in visits for element in visit.get("bidi_component")]
    assert {element.proto.component_name for element in shown} == set(page.components)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_pages_html_is_streamlits_with_a_link_to_each_file_that_it_does_not_name(page):
    html = preload.page_html(page).strip()
    streamlits = (preload.STATIC / "index.html").read_text("utf-8")
    head, body = (text.strip() for text in streamlits.split("</head>"))
    html = re.sub('<script type="importmap">.*?</script>', "", html)
    assert html.startswith(head)
    assert html.endswith(body)
    addresses = re.findall(r'href="\./([^"]+)"', html.removeprefix(head).removesuffix(body))
    assert addresses == preload.files_of(page, known=streamlits)
    assert len(set(addresses)) == len(addresses)
    assert not [address for address in addresses if address in streamlits]


def test_what_an_imported_file_imports_is_named_too():
    files = preload.files_of(PAGES[0])
    view, board = (f"_stcore/bidi-components/cnnviz.{name}" for name in ("network_view", "board"))
    assert f"{view}/network_view/view.js" in files
    assert f"{board}/shared/vendor/idiomorph.js" in files, "imported by shared/html.js only"
    assert f"{view}/shared/stage.css" in files, "imported by the style sheet"
    assert not [file for file in files if "messages" in file], "an import of types is none"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_components_share_is_loaded_once(page):
    files = [file for file in preload.files_of(page) if file.endswith(".js")]
    shared = [file.split("/", 3)[3] for file in files if "/shared/" in file or "/engine/" in file]
    assert len(set(shared)) == len(shared)
    html = preload.page_html(page)
    assert html.index("importmap") < html.index('<script type="module"')
