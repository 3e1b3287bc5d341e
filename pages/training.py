"""Training: watch a network learn, see what it gets wrong, and use it on every page."""

from functools import partial

import streamlit as st

from cnnviz import mnist, session
from cnnviz.components.confusion import confusion
from cnnviz.components.live import live
from cnnviz.components.picture_choice import picture_choice
from cnnviz.components.settings import settings_panel
from cnnviz.components.tiles import tiles
from cnnviz.export import take_away
from cnnviz.html import cards
from cnnviz.html import training as training_html
from cnnviz.html.chart import line_chart
from cnnviz.inspection import answer, gallery
from cnnviz.labs import variants
from cnnviz.layout.digit_bar import digit_bar
from cnnviz.layout.live_html import live_html
from cnnviz.layout.take_away import downloads
from cnnviz.networks import SPECS
from cnnviz.runs import evaluation, progress, store
from cnnviz.runs.recipe import OPTIMIZERS, Recipe
from cnnviz.session import chosen, lab, training
from cnnviz.words import grouped

session.require_app()
LAB, PANEL = "training", "training_settings"
SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS_IN_QUEUE, SECONDS_A_CHECKPOINT = 0.45, 1.5, 1.0
BATCH_SIZES = [str(2**power) for power in range(3, 11)]
MOST_EPOCHS = 20
MISTAKES_SHOWN, CELL_SHOWN = 12, 24
NONE = -1  # of the pictures is chosen
MEANINGS = """
- **Epoch**: once through all the training digits.
- **Batch**: so many digits are looked at before the weights are changed, in one step.
- **Learning rate**: how far a step goes.
- **Optimizer**: the rule by which a step is made of what the batch got wrong.
- **Seed**: which random weights it begins with, and in which order the digits come.
"""


# ---- What to train -----------------------------------------------------------------------


def recipe():
    """Show the settings; return the recipe that they make."""
    settings = lab.Settings(LAB, PANEL)
    network = settings.choice("train", "Network", list(SPECS), "convnet", kind="menu")
    book = Recipe(network)
    chosen_recipe = Recipe(
        network,
        settings.slider("epochs", "Epochs", 1, MOST_EPOCHS, book.epochs),
        int(settings.number("seed", "Seed", 0, 9999, 0)),
        settings.choice("optimizer", "Optimizer", OPTIMIZERS, book.optimizer),
        settings.number("learning_rate", "Learning rate", 0.00001, 1, book.learning_rate),
        int(settings.choice("batch_size", "Batch size", BATCH_SIZES, str(book.batch_size), "menu")),
        settings.slider("share", "Training digits used, %", 1, 100, 100),
    )
    settings_panel(settings, partial(lab.change, LAB, PANEL))
    st.caption(variants.in_words(network))
    with st.expander("What these words mean"):
        st.markdown(MEANINGS)
    return chosen_recipe


@st.fragment
def bench(state):
    """Show the settings, what the training costs, and the button that starts or stops it.

    `state` is what `training.state` was when the whole page was shown last.
    """
    rerun_unless(state)
    wanted = recipe()
    if training.running():
        word = "Leave the queue" if training.waiting() else "Stop"
        st.caption("Going to other pages is fine. Closing or reloading this one ends the training.")
        st.button(word, on_click=training.stop, width="stretch")
    else:
        st.markdown(cost(wanted))
        start = partial(training.start, wanted)
        st.button("Train", on_click=start, type="primary", width="stretch")


def rerun_unless(state):
    """Show the whole page again if the training is in another state now."""
    if training.state() != state:
        st.rerun()


def cost(wanted):
    """Return what a training takes, in a sentence."""
    steps = (
        f"**{grouped(wanted.batches)}** steps: {wanted.epochs} × {grouped(wanted.training_digits)} "
        f"digits in batches of {wanted.batch_size}."
    )
    pace = training.pace(wanted)
    if pace is None:
        return f"{steps} How long that takes on this machine, its first seconds will tell."
    seconds = pace.seconds(wanted.batches, wanted.epochs)
    return f"{steps} On this machine about **{progress.duration(seconds)}**."


# ---- The training at work ----------------------------------------------------------------


def look(state):
    """Show how far the training is, its curves, and what the network makes of the digit now.

    `state` is what `training.state` was when the whole page was shown last.
    """
    rerun_unless(state)
    job = training.job()
    html = {"state": training_html.state(job, training.ahead(), training.lost())}
    of = job.progress.curves if job else partial(progress.curves_of, store.shipped().record)
    html["curves"] = training_html.curves(of("loss"), of("accuracy"))
    network = job.live_network() if training.running() else None
    if network:
        html |= learned(network, "of this moment")
    elif training.running() and not training.waiting():
        st.caption("The filters and maps appear as soon as the training begins.")
    live(html, key="live")


def learned(network, when):
    """Show what a network has learned and makes of the digit; return HTML for its places."""
    digit, activations = session.look(network)
    drawn = activations is not None
    probabilities = activations["softmax"] if drawn else None
    best = answer.best_two(probabilities) if drawn else None
    said = answer.remark(best, False)
    with st.container(key="learned"):
        answered, weights, maps = st.columns([1, 1.25, 1.25])
    with answered:
        live_html("learned_answer")
    with weights:
        tiles(gallery.learned_tiles(network), NONE, "learned_weights", chosen.nothing, pane=False)
    with maps:
        if drawn:
            name = maps_layer(activations)
            values = gallery.layer_values(network, digit, activations, name)
            ends = gallery.ends(values, "layer", activations)
            shown = gallery.map_tiles(name, values, False, "number", ends, hint=gallery.READ)
            tiles(shown, NONE, "learned_maps", chosen.nothing, pane=False)
        else:
            st.caption("Nothing is drawn yet: take a test digit above to see what is made of it.")
    words = f"<p>The weights {when}.</p>"
    return {"learned_answer": words + cards.answer(probabilities, best, said)}


def maps_layer(activations):
    """Show the choice of the layer whose maps are shown; return its name."""
    names = [name for name, values in activations.items() if values.ndim == 3] or ["dense"]
    training.keep_layer_among(names)
    return st.segmented_control("Maps of", names, key="learned_layer", required=True, wrap=True)


def scrub(playing):
    """Show the chosen run at one of its checkpoints: a slider, and play.

    `playing` is what `training.playing` was when the whole page was shown last.
    """
    run = training.chosen_run()
    training.play_on(run)
    if training.playing() != playing:
        st.rerun()
    training.checkpoint(run)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        at = st.select_slider(
            "Checkpoint",
            run.checkpoints,
            key="checkpoint",
            format_func=partial(called, run),
            persist_state="session",
        )
        st.button("Pause" if playing else "Play", on_click=training.play, args=(run,))
    live(learned(run.at_checkpoint(at), called(run, at)), key="scrubbed")


def called(run, batches):
    """Return what a checkpoint is called."""
    if batches and batches % run.batches_per_epoch == 0:
        return f"after epoch {batches // run.batches_per_epoch}"
    return f"after {batches} batch{'' if batches == 1 else 'es'}" if batches else "before training"


# ---- Finished runs -----------------------------------------------------------------------


def run_in_words(name):
    """Return what a run is called in a list."""
    run = store.find(name) or store.shipped()
    recipe = run.record["recipe"]
    return (
        f"{run.began}: {run.network_name}, {counted(recipe['epochs'])}, {recipe['optimizer']}, "
        f"seed {run.record['seed']}: {run.accuracy:.2%}"
    )


def counted(epochs):
    """Return a number of epochs in words."""
    return f"{epochs} epoch" if epochs == 1 else f"{epochs} epochs"


def finished(run):
    """Show what a finished run gets right and wrong."""
    labels, (answers, probabilities) = mnist.read("y_test"), run.test_answers
    counts = evaluation.confusion_matrix(labels, answers)
    recipe = run.record["recipe"]
    st.markdown(
        f"**{run.accuracy:.2%}** of {grouped(len(labels))} test digits right, "
        f"{evaluation.mistakes(counts)} wrong. "
        f"{run.network_name}, {grouped(recipe['training_digits'])} training digits, "
        f"{counted(recipe['epochs'])} in batches of {recipe['batch_size']}, {recipe['optimizer']} "
        f"at {recipe['learning_rate']:g}, seed {run.record['seed']}, "
        f"{progress.duration(run.record['seconds'])}."
    )
    use_it(run)
    left, right = st.columns(2)
    with left:
        st.markdown("**Which digit was taken for which** · choose a cell to see its digits")
        confusion(counts, training.confused(), "confusion", training.choose_cell)
    with right:
        cell = training.confused()
        if cell:
            found = evaluation.in_cell(labels, answers, probabilities, *cell)[:CELL_SHOWN]
            times = counts[cell]
            title = f"{times} time{'' if times == 1 else 's'} a {cell[0]} was read as {cell[1]}"
        else:
            found = evaluation.worst_mistakes(labels, answers, probabilities, MISTAKES_SHOWN)
            title = "The worst mistakes: wrong, and most sure of it"
        group = training_html.digits(title, found, answers, probabilities)
        picture_choice([group], session.test_index(), "mistakes", training.take_digit)
        if cell:
            st.button("Back to the worst mistakes", on_click=training.show_worst)
        st.caption("Surest first. Choose a digit: every page then shows it.")


def use_it(run):
    """Offer to use a run's network on every page, or the shipped one again."""
    with st.container(horizontal=True):
        if run.name and session.in_use(run.network_name) != run.name:
            words = f"Use it on every page that shows the {run.network_name}"
            st.button(words, on_click=session.use, args=(run,))
        for used in session.runs_in_use():
            name = used.network_name
            st.button(f"Back to the shipped {name}", on_click=session.use_shipped, args=(name,))


def compare():
    """Show up to four runs in one plot and one table."""
    training.compare_some()
    names = st.multiselect(
        "Runs, up to four",
        training.run_names(),
        format_func=run_in_words,
        max_selections=training.MOST_COMPARED,
        key="compared",
        persist_state="session",
    )
    found = [run for name in names if (run := store.find(name))]
    if found:
        st.markdown(line_chart(*progress.compared(found)), unsafe_allow_html=True)
        st.markdown(progress.comparison(found))


# ---- The page ----------------------------------------------------------------------------

session.restore_sample()
state = training.state()
training.take_finished()
digit, activations = session.look(session.network("convnet"))
digit_bar(digit, activations, session.sample_changed)
left, right = st.columns([1, 2.5])
with left.container(border=True, key="card_settings"):
    st.subheader("Train a network")
    bench(state)
with right.container(border=True, key="card_now"):
    st.subheader("How it learns")
    live_html("state")
    live_html("curves")
with st.container(border=True, key="card_learned"):
    st.subheader("What it has learned")
    if training.running():
        pace = SECONDS_BETWEEN_LOOKS_IN_QUEUE if training.waiting() else SECONDS_BETWEEN_LOOKS
        st.fragment(look, run_every=pace)(state)
    else:
        look(state)
    if not training.running() or training.waiting():
        pace = SECONDS_A_CHECKPOINT if training.playing() else None
        st.fragment(scrub, run_every=pace)(training.playing())
with st.container(border=True, key="card_finished"):
    st.subheader("Finished runs")
    st.caption(f"Of everyone on this server. The newest {store.KEPT} are kept.")
    run = training.chosen_run()
    st.selectbox(
        "Run",
        training.run_names(),
        key="run",
        format_func=run_in_words,
        on_change=training.show_worst,
        persist_state="session",
    )
    finished(run)
with st.container(border=True, key="card_compare"):
    st.subheader("Runs compared")
    compare()
downloads(take_away.run(run))
