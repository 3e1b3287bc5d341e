"""The one list of pages: the app's navigation, the tests, the screenshots all go by it."""

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True)
class Page:
    """A page of the app: its title, its group, its script, and what a person comes to it for."""

    title: str
    group: str
    path: str
    purpose: str

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
    ),
    Page(
        "Feature maps",
        "See",
        "pages/feature_maps.py",
        "See what each layer makes of your digit, down to the sum behind a single number.",
    ),
    Page(
        "Filters",
        "See",
        "pages/filters.py",
        "See which patterns the network has learned to look for, and where your digit has them.",
    ),
    Page(
        "Convolution",
        "Build",
        "pages/convolution.py",
        "Slide a kernel over a picture and follow how each number of the output is computed.",
    ),
    Page(
        "Padding & strides",
        "Build",
        "pages/padding.py",
        "Find out how padding and stride set the size of the output, and what they do at the edge.",
    ),
    Page(
        "Max pooling",
        "Build",
        "pages/pooling.py",
        "See what max pooling keeps of a picture, what it throws away, and why that helps.",
    ),
    Page(
        "Receptive field",
        "Build",
        "pages/receptive_field.py",
        "Find out how much of the digit a single number deep in the network can see.",
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
    ),
    Page(
        "Variants",
        "Understand",
        "pages/variants.py",
        "Change one thing about the network at a time and see what it gains and what it costs.",
    ),
    Page(
        "Training",
        "Train",
        "pages/training.py",
        "Train a network yourself and watch it learn to read your digit.",
    ),
)
