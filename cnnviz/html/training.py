"""The Training page: how far a training is, its curves, the answer it has come to."""

from collections.abc import Sequence

from markupsafe import Markup

from cnnviz.html.answer import answer
from cnnviz.html.chart import Series, line_chart
from cnnviz.html.digit import test_digit
from cnnviz.html.environment import template
from cnnviz.inspection.answer import Answer
from cnnviz.runs import jobs
from cnnviz.runs.progress import duration
from cnnviz.types import Floats, Ints, PictureGroup

STARTING = "The training process starts and reads the digits: some seconds."


def state(job: jobs.Job | None, ahead: int, lost: bool) -> Markup:
    """Return where a training is, in a sentence with a bar.

    Parameters
    ----------
    job : jobs.Job or None
        None if there was none yet.
    ahead : int
        How many trainings come before it.
    lost : bool
        Whether there was one that ended with the connection to the page.
    """
    share = job.progress.share if job else 0
    return template("training.html").state(_in_words(job, ahead, lost), share)


def _in_words(job: jobs.Job | None, ahead: int, lost: bool) -> str:
    """Return where a training is, in a sentence."""
    if lost:
        return "Your training ended, as the connection to this page was lost. Start it again."
    if job is None:
        return "No training yet. These are the curves of the network that ships with the app."
    progress = job.progress
    if job.state == jobs.WAITING:
        others = "1 training is" if ahead == 1 else f"{ahead} trainings are"
        return f"In the queue: {others} before yours. It starts by itself."
    if job.state == jobs.STOPPED:
        return f"Stopped after {progress.share:.0%}. Nothing of it was kept."
    if job.state == jobs.FAILED:
        return f"{job.problem} Nothing of it was kept; earlier runs are as they were."
    if job.run is not None:
        return f"Done: {job.run.accuracy:.1%} of the test digits are right."
    left, in_all = progress.seconds_left, progress.seconds_in_all
    if left is None or in_all is None:
        return STARTING
    if progress.share == 1:
        return "All epochs are done. The finished network answers the test digits once more."
    epoch = min(progress.done // progress.batches_per_epoch + 1, progress.epochs)
    return (
        f"Epoch {epoch} of {progress.epochs}, {progress.share:.0%} done, "
        f"{duration(left)} left of about {duration(in_all)}."
    )


def curves(loss: Sequence[Series], accuracy: Sequence[Series]) -> Markup:
    """Return the curves of loss and accuracy side by side.

    Parameters
    ----------
    loss, accuracy : sequence of (name, xs, ys)
        See `chart.line_chart`; accuracy in [0, 1].
    """
    shares = [(name, xs, [100 * y for y in ys]) for name, xs, ys in accuracy]
    charts = [
        line_chart("Loss", "epochs", "cross-entropy, lower is better", loss),
        line_chart("Accuracy", "epochs", "% right", shares),
    ]
    return template("training.html").curves(charts)


def learned(when: str, probabilities: Floats | None, best: Answer | None, remark: str) -> Markup:
    """Return when the weights were as they are now, and the answer; see `answer.answer`."""
    return template("training.html").learned(when, answer(probabilities, best, remark))


def digits(title: str, indices: Ints, answers: Ints, probabilities: Floats) -> PictureGroup:
    """Return test digits as a group of `picture_choice`.

    Parameters
    ----------
    title : str
    indices : ndarray of int
        Of the test digits.
    answers, probabilities : ndarray
        Of all test digits; see `evaluation.in_cell`.
    """
    pictures = [
        test_digit(i, [f"read as {answers[i]} ({probabilities[i, answers[i]]:.0%})"])
        for i in indices.tolist()
    ]
    return {"title": title, "pictures": pictures}
