import sys

import numpy as np
import pytest
from PIL import Image

from tools import compare_pictures
from tools.compare_pictures import compare, compared, states

GREY = np.full((4, 6, 3), 100, np.uint8)


@pytest.fixture
def folders(tmp_path):
    """Two folders, each with a grey picture called page.png."""
    both = tmp_path / "before", tmp_path / "after"
    for folder in both:
        folder.mkdir()
        save(GREY, folder / "page.png")
    return both


def save(values, file, **options):
    Image.fromarray(values).save(file, **options)


def changed():
    """The grey picture with two other pixels, at x 4, y 1 and at x 1, y 2."""
    values = GREY.copy()
    values[1, 4] = 100, 97, 100
    values[2, 1] = 140, 100, 100
    return values


def test_pictures_are_the_same_however_they_were_written(folders, capsys):
    save(GREY, folders[1] / "page.png", compress_level=0)
    assert (folders[0] / "page.png").read_bytes() != (folders[1] / "page.png").read_bytes()
    assert not compare(*folders)
    assert capsys.readouterr().out == "page.png: same\n0 of 1 differ\n"


def test_changed_pixels_are_counted_and_painted_red_over_what_was_there(folders, tmp_path):
    save(changed(), folders[1] / "page.png")
    report = tmp_path / "report"
    words = compared(*(folder / "page.png" for folder in folders), report)
    assert words == "2 pixels differ (x 1..4, y 1..2, by up to 40)"
    shown = np.asarray(Image.open(report / "page.png"))
    red = (shown == (255, 0, 0)).all(axis=-1)
    assert list(zip(*np.nonzero(red), strict=True)) == [(1, 4), (2, 1)]
    assert (shown[~red] == 208).all()  # three tenths of the way from white to 100


def test_pictures_of_other_sizes_are_compared_where_both_are(folders):
    taller = np.concatenate([changed(), GREY])
    save(taller, folders[1] / "page.png")
    words = compared(*(folder / "page.png" for folder in folders))
    assert words == (
        "size differs, 6 x 4 before, 6 x 8 after; 2 pixels differ (x 1..4, y 1..2, by up to 40)"
    )
    save(np.concatenate([GREY, GREY]), folders[1] / "page.png")
    words = compared(*(folder / "page.png" for folder in folders))
    assert words == "size differs, 6 x 4 before, 6 x 8 after"


@pytest.mark.parametrize("emptied", [0, 1])
def test_a_missing_picture_differs(folders, capsys, emptied):
    save(GREY, folders[1 - emptied] / "other.png")
    assert compare(*folders)
    said = f"other.png: missing in {folders[emptied]}\npage.png: same\n1 of 2 differ\n"
    assert capsys.readouterr().out == said


def test_the_status_says_whether_anything_differs(folders, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["", "compare", *map(str, folders)])
    assert compare_pictures.main() == 0
    save(changed(), folders[1] / "page.png")
    assert compare_pictures.main() == 1


def test_folders_without_pictures_are_no_success(tmp_path):
    with pytest.raises(SystemExit, match="no pictures"):
        compare(tmp_path, tmp_path)


def test_every_page_of_a_checkout_is_taken(tmp_path):
    (tmp_path / "pages").mkdir()
    for name in ("draw", "new"):
        (tmp_path / "pages" / f"{name}.py").touch()
    taken = states(tmp_path)
    assert taken["draw"] == ("?sample=4",)
    assert taken["new"] == ("new?sample=4",)
