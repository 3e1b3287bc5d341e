"""How long a training will take: by the runs on this machine, else by the shipped figures."""

import pytest

from cnnviz.networks import SPECS
from cnnviz.runs import estimate
from cnnviz.runs.progress import Pace
from cnnviz.runs.recipe import Recipe
from tests.helpers import made

pytestmark = pytest.mark.usefixtures("runs_folder")


def seconds(begin, batch, test, end):
    """The times of a run, as its record has them."""
    return {
        "seconds_to_begin": begin,
        "seconds_per_batch": batch,
        "seconds_per_test": test,
        "seconds_to_end": end,
    }


def test_a_run_of_the_same_kind_says_it_the_newest_first():
    runs = [
        made("convnet", **seconds(9.0, 9.0, 9.0, 9.0)),
        made("convnet", **seconds(1.0, 0.25, 2.0, 0.5)),
        made("dense", batch_size=128, **seconds(3.0, 0.5, 4.0, 1.5)),
    ]
    for day, run in enumerate(runs, start=1):
        run.folder.rename(run.folder.with_name(f"2020010{day}-000000-0000"))
    pace, measured = estimate.estimate(Recipe("convnet", epochs=2))
    assert pace == pytest.approx((1.0, 0.25, 2.0, 0.5))
    assert measured


@pytest.mark.parametrize("kind", [{"batch_size": 32}, {"network": "dense"}])
def test_a_run_of_another_kind_says_it_by_the_shipped_figures(kind):
    there, here = estimate.in_passes("convnet", 64), Recipe(**kind)
    made("convnet", **seconds(*(0.01 * passes for passes in there)))
    pace, measured = estimate.estimate(here)
    expected = estimate.in_passes(here.network, here.batch_size)
    assert pace == pytest.approx([0.01 * passes for passes in expected])
    assert measured


def test_a_run_made_before_all_was_measured_says_nothing(monkeypatch):
    monkeypatch.setattr(estimate, "seconds_per_pass", lambda: 0.5)
    made("convnet", seconds_per_batch=0.25, seconds_per_test=2.0)
    pace, measured = estimate.estimate(Recipe())
    assert pace == pytest.approx([0.5 * passes for passes in estimate.in_passes("convnet", 64)])
    assert not measured


@pytest.mark.parametrize("network", SPECS)
def test_the_shipped_figures_are_of_every_network(network):
    small, large = (estimate.in_passes(network, size) for size in (8, 1024))
    assert all(passes > 0 for passes in small)
    assert small.batch < large.batch


def test_a_forward_pass_is_measured_once():
    assert 0 < estimate.seconds_per_pass() == estimate.seconds_per_pass()


def test_all_parts_count():
    recipe = Recipe("dense", epochs=3, batch_size=600)
    assert Pace(1.0, 0.5, 4.0, 2.0).whole(recipe) == 1 + 300 * 0.5 + 3 * 4 + 2
