"""What all tests share."""

import gc

import pytest

from cnnviz.session import training


@pytest.fixture(autouse=True, scope="module")
def _no_need_to_search_older_objects_for_garbage():
    """Leave what earlier modules made out of the collections to come.

    Streamlit collects all garbage after every run of a page. With TensorFlow loaded that takes
    half a second, and the tests run pages a thousand times.
    """
    gc.collect()
    gc.freeze()


@pytest.fixture
def runs_folder(tmp_path, monkeypatch):
    """An empty folder for the finished trainings, in place of the project's own."""
    folder = tmp_path / "runs"
    monkeypatch.setenv("CNNVIZ_RUNS", str(folder))
    return folder


@pytest.fixture(autouse=True)
def _no_process_made_ready(monkeypatch):
    """Have a Training page that is shown in a test start no process."""
    monkeypatch.setattr(training, "make_ready", lambda: None)
