"""Every page at the widths of a large, a small and a pocket screen, in both themes."""

import pytest
from playwright.sync_api import expect

from cnnviz.layout.pages import PAGES

SIZES = [(1440, 900), (1024, 768), (390, 844)]
# What is there when a page is painted, for each of its looks, by what the address adds.
PAINTED = {
    "draw": {"": ".answer .said:not([data-blank=yes])"},
    "feature_maps": {
        "layer=conv2": ".sliding h2",
        "layer=pool1": ".sliding h2",
        "layer=softmax": ".terms .chosen",
    },
    "filters": {"": ".tiles .map", "conv=conv3": ".tiles .map"},
    "convolution": {
        "": ".sliding h2",
        "convolution_input=In+colour&turn=true": ".sliding .parts",
    },
    "padding": {"padding=same&stride=2": ".sliding h2"},
    "pooling": {"pooling_input=Numbers": ".sliding h2"},
    "receptive_field": {"": ".st-key-probe_table"},
    "network": {"": ".st-key-layer_table table"},
    "dense": {"": ".shift .says"},
    "variants": {"": ".variants img"},
    "training": {"": ".choice-of-pictures img"},
}
LOOKS = [(page, query) for page in PAGES for query in PAINTED[page.name]]


# What sticks out of the window sideways, and does not lie in something that scrolls or clips.
OUTSIDE = """() => {
  const found = [];
  const visit = (root) => {
    for (const element of root.children) {
      const box = element.getBoundingClientRect();
      const text = element.textContent.trim().slice(0, 40);
      const sticksOut = box.width && (box.left < -1 || box.right > innerWidth + 1);
      if (sticksOut) found.push(`${element.tagName} ${text}`);
      if (getComputedStyle(element).overflowX === "visible") visit(element.shadowRoot ?? element);
    }
  };
  visit(document.querySelector("[data-testid=stMainBlockContainer]"));
  return found;
}"""


@pytest.mark.parametrize(("shown", "query"), LOOKS, ids=lambda part: getattr(part, "name", part))
def test_nothing_is_cut_off(app, laptop, shown, query):
    laptop.goto(f"{app}/{shown.address}?{query}")
    if shown.name != "network":
        laptop.locator(".st-key-sample").get_by_text("8", exact=True).click()
    laptop.locator(PAINTED[shown.name][query]).first.wait_for()
    for theme in ("light", "dark"):
        laptop.emulate_media(color_scheme=theme)
        for width, height in SIZES:
            laptop.set_viewport_size({"width": width, "height": height})
            laptop.wait_for_timeout(250)
            assert laptop.evaluate(OUTSIDE) == [], (theme, width)
            assert laptop.evaluate("document.documentElement.scrollWidth") <= width


def test_the_first_row_of_every_layer_needs_no_scrolling(page):
    page.locator(".st-key-sample").get_by_text("8", exact=True).click()
    expect(page.locator(".answer .said")).to_have_text("8")
    for maps in page.locator(".columns .maps").all()[:6]:
        box = maps.locator(".map").first.bounding_box()
        assert box["y"] + box["height"] < page.viewport_size["height"]
