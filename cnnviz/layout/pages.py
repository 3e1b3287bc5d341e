"""The one list of pages: the app's navigation, the tests, the screenshots all go by it."""

from dataclasses import dataclass
from pathlib import PurePosixPath

BOARD = "cnnviz.board"


@dataclass(frozen=True)
class Page:
    """A page of the app.

    Attributes
    ----------
    title, group : str
        In the navigation.
    path : str
        Its script.
    purpose : str
        What a person comes to it for.
    components : tuple of str
        The components that it shows, by the names that Streamlit has for them.
    elements : tuple of str
        What it shows of Streamlit's own beside what all pages do, by the names of the scripts.
    """

    title: str
    group: str
    path: str
    purpose: str
    components: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the page's script, which its modules and tests share."""
        return PurePosixPath(self.path).stem

    @property
    def address(self) -> str:
        """Where the app shows the page, below its own address; the first page is its front."""
        return "" if self == PAGES[0] else self.name


PAGES = (
    Page(
        "Draw",
        "See",
        "pages/draw.py",
        "Draw a digit and watch a trained network read it, layer by layer.",
        (BOARD, "cnnviz.network_view", "cnnviz.pixels"),
        ("Slider", "Button", "DownloadButton"),
    ),
    Page(
        "Feature maps",
        "See",
        "pages/feature_maps.py",
        "See what each layer makes of your digit, down to the sum behind a single number.",
        ("cnnviz.tiles", "cnnviz.sliding_window"),
        ("DownloadButton",),
    ),
    Page(
        "Filters",
        "See",
        "pages/filters.py",
        "See which patterns the network has learned to look for, and where your digit has them.",
        ("cnnviz.tiles",),
        ("NumberInput", "DownloadButton"),
    ),
    Page(
        "Convolution",
        "Build",
        "pages/convolution.py",
        "Slide a kernel over a picture and follow how each number of the output is computed.",
        ("cnnviz.sliding_window", "cnnviz.settings", "cnnviz.predict", "cnnviz.number_grid"),
        ("TextInput",),
    ),
    Page(
        "Padding & strides",
        "Build",
        "pages/padding.py",
        "Find out how padding and stride set the size of the output, and what they do at the edge.",
        ("cnnviz.sliding_window", "cnnviz.settings", "cnnviz.predict", "cnnviz.number_grid"),
        ("TextInput",),
    ),
    Page(
        "Max pooling",
        "Build",
        "pages/pooling.py",
        "See what max pooling keeps of a picture, what it throws away, and why that helps.",
        ("cnnviz.sliding_window", "cnnviz.settings", "cnnviz.predict", "cnnviz.number_grid"),
        ("TextInput",),
    ),
    Page(
        "Receptive field",
        "Build",
        "pages/receptive_field.py",
        "Find out how much of the digit a single number deep in the network can see.",
        (BOARD, "cnnviz.receptive_field"),
        ("Selectbox", "Button", "DownloadButton"),
    ),
    Page(
        "The network",
        "Understand",
        "pages/network.py",
        "Go through the network layer by layer and see where every shape and parameter comes from.",
    ),
    Page(
        "Dense or convolution",
        "Understand",
        "pages/dense.py",
        "Move your digit and see which network still recognises it: dense or convolutional.",
        ("cnnviz.shift", "cnnviz.picture_choice"),
        ("NumberInput",),
    ),
    Page(
        "Variants",
        "Understand",
        "pages/variants.py",
        "Change one thing about the network at a time and see what it gains and what it costs.",
        ("cnnviz.variants_table", "cnnviz.variants_stage"),
    ),
    Page(
        "Training",
        "Train",
        "pages/training.py",
        "Train a network yourself and watch it learn to read your digit.",
        (
            "cnnviz.settings",
            "cnnviz.live",
            "cnnviz.tiles",
            "cnnviz.confusion",
            "cnnviz.picture_choice",
        ),
        ("Slider", "Selectbox", "Multiselect", "Button", "DownloadButton"),
    ),
)
