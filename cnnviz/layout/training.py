"""A training on the Training page: its settings, what the network learns, its checkpoints."""

from functools import partial

import streamlit as st

from cnnviz.components.live import live
from cnnviz.components.tiles import NONE, tiles
from cnnviz.html import training as training_html
from cnnviz.inspection import answer, gallery
from cnnviz.labs import variants
from cnnviz.layout import lab
from cnnviz.layout.live_html import live_html
from cnnviz.networks import SPECS, Network
from cnnviz.runs import jobs, progress, store
from cnnviz.runs.estimate import estimate
from cnnviz.runs.recipe import OPTIMIZERS, Recipe
from cnnviz.session import training
from cnnviz.session.digit import Look, look
from cnnviz.session.lab import Lab
from cnnviz.session.opened_number import nothing
from cnnviz.session.settings import Limits
from cnnviz.session.state import State, state
from cnnviz.types import Activations

LAB = Lab("training")
SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS_IN_QUEUE, SECONDS_A_CHECKPOINT = 0.8, 1.5, 1.0
BATCH_SIZES = [str(2**power) for power in range(3, 11)]
MOST_EPOCHS = 20
MEANINGS = """
- **Epoch**: once through all the training digits.
- **Batch**: so many digits are looked at before the weights are changed, in one step.
- **Learning rate**: how far a step goes.
- **Optimizer**: the rule by which a step is made of what the batch got wrong.
- **Seed**: which random weights it begins with, and in which order the digits come.
"""


# ---- What to train -----------------------------------------------------------------------


@st.fragment
def bench(stage: str | None) -> None:
    """Show the settings, what the training costs, and the button that starts or stops it.

    Where training is not installed, a sentence that says so stands for the button.
    `stage` is what `training.stage` was when the whole page was shown last.
    """
    _rerun_unless(stage)
    recipe = _recipe()
    if training.running():
        word = "Leave the queue" if training.waiting() else "Stop"
        st.caption("Going to other pages is fine. Closing or reloading this one ends the training.")
        st.button(word, on_click=training.stop, width="stretch")
    elif not jobs.training_available():
        st.info(jobs.NOT_INSTALLED)
    else:
        training.make_ready()
        st.markdown(progress.cost_in_words(recipe, *estimate(recipe)))
        start = partial(training.start, recipe)
        st.button("Train", on_click=start, type="primary", width="stretch")


def _recipe() -> Recipe:
    """Show the settings; return the recipe that they make."""
    with lab.panel(LAB) as settings:
        network = settings.choice("train", "Network", list(SPECS), "convnet", kind="menu")
        book = Recipe(network)
        sizes, rates = BATCH_SIZES, Limits(0.00001, 1)
        recipe = Recipe(
            network,
            settings.slider("epochs", "Epochs", Limits(1, MOST_EPOCHS), book.epochs),
            int(settings.number("seed", "Seed", Limits(0, 9999), 0)),
            settings.choice("optimizer", "Optimizer", OPTIMIZERS, book.optimizer),
            settings.number("learning_rate", "Learning rate", rates, book.learning_rate),
            int(settings.choice("batch_size", "Batch size", sizes, str(book.batch_size), "menu")),
            settings.slider("share", "Training digits used, %", Limits(1, 100), 100),
        )
    st.caption(variants.in_words(network))
    with st.expander("What these words mean"):
        st.markdown(MEANINGS)
    return recipe


def _rerun_unless(stage: str | None) -> None:
    """Show the whole page again if the training is at another stage now."""
    if training.stage() != stage:
        st.rerun()


# ---- What it learns ----------------------------------------------------------------------


@st.fragment
def curves(stage: str | None) -> None:
    """Show how far the training is and its curves; for `stage` see `bench`."""
    _rerun_unless(stage)
    job = training.job()
    of = job.progress.curves if job else partial(progress.curves_of, store.shipped().record)
    html = {
        "state": training_html.state(job, training.ahead(), training.lost()),
        "curves": training_html.curves(of("loss"), of("accuracy")),
    }
    live(html, "live_curves", _seconds_until_next_look())


def _seconds_until_next_look() -> float | None:
    """Return after how many seconds the training has something new to show; None if never."""
    if not training.running():
        return None
    return SECONDS_BETWEEN_LOOKS_IN_QUEUE if training.waiting() else SECONDS_BETWEEN_LOOKS


def learned(stage: str | None) -> None:
    """Show what the network has learned: of this moment, or at the checkpoints of a run.

    For `stage` see `bench`.
    """
    if training.running() and not training.waiting():
        _of_this_moment(stage)
    else:
        pace = SECONDS_A_CHECKPOINT if state.playing else None
        st.fragment(_checkpoints, run_every=pace)(state.playing)


@st.fragment
def _of_this_moment(stage: str | None) -> None:
    """Show what the network that is being trained makes of the digit now."""
    _rerun_unless(stage)
    job = training.job()
    network = job.live_network() if job else None
    html: dict[str, str] = {}
    if network:
        html = _learned(network, "of this moment")
    else:
        st.caption("The filters and maps appear as soon as the training begins.")
    live(html, "live_learned", _seconds_until_next_look())


def _checkpoints(playing: bool) -> None:
    """Show the chosen run at one of its checkpoints: a slider, and play.

    `playing` is whether they were played when the whole page was shown last.
    """
    run = training.chosen_run()
    training.play_on(run)
    if state.playing != playing:
        st.rerun()
    training.checkpoint(run)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        batches = st.select_slider(
            "Checkpoint",
            run.checkpoints,
            format_func=run.checkpoint_in_words,
            **State.checkpoint.widget(),
        )
        st.button("Pause" if playing else "Play", on_click=training.play, args=(run,))
    html = _learned(run.at_checkpoint(batches), run.checkpoint_in_words(batches))
    live(html, "scrubbed")


def _learned(network: Network, when: str) -> dict[str, str]:
    """Show what a network has learned and makes of the digit; return HTML for its places."""
    seen = look(network)
    probabilities = best = None
    if seen.activations:
        probabilities = seen.activations["softmax"]
        best = answer.best_two(probabilities)
    with st.container(key="learned"):
        answered, weights, maps = st.columns([1, 1.25, 1.25])
    with answered:
        live_html("learned_answer")
    with weights:
        tiles(gallery.learned_tiles(network), NONE, "learned_weights", nothing, pane=False)
    with maps:
        if seen.activations:
            _learned_maps(seen)
        else:
            st.caption("Nothing is drawn yet: take a test digit above to see what is made of it.")
    remark = answer.remark(best, False)
    return {"learned_answer": training_html.learned(when, probabilities, best, remark)}


def _learned_maps(seen: Look) -> None:
    """Show the maps of a layer that can be chosen."""
    name = _layer_of_maps(seen.activations)
    values = gallery.layer_values(seen.network, seen.digit, seen.activations, name)
    ends = gallery.ends(values, "layer", seen.activations)
    shown = gallery.map_tiles(name, values, False, "number", ends, hint=gallery.READ)
    tiles(shown, NONE, "learned_maps", nothing, pane=False)


def _layer_of_maps(activations: Activations) -> str:
    """Show the choice of the layer whose maps are shown; return its name."""
    names = [name for name, values in activations.items() if values.ndim == 3] or ["dense"]
    training.keep_layer_among(names)
    key = State.learned_layer.name
    st.segmented_control("Maps of", names, key=key, required=True, wrap=True)
    return state.learned_layer
