"""gui.animation.handout: pictures that use their room, and lines that stay in their frames."""

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from engine import Experiment
from gui.animation import handout as module
from gui.animation.frames import pixels
from gui.animation.handout import bold_in, handout
from gui.sheets.ink import POINT
from gui.sheets.papers import A4, LETTER, PAPERS
from gui.sheets.pdf import Drawing, Making
from gui.state import State
from gui.theme import THEMES
from tests.gui import examples
from tests.gui.sheets.reading import Pdf

pytestmark = pytest.mark.usefixtures("qapp")

FINE = 2
"""Pixels for a point."""

STEPS = range(5, 11)
RED = 0xFF0000
THREE = Experiment()
TEN = Experiment(weights=(0.5,) * 10, epochs=2)


def page(
    monkeypatch: pytest.MonkeyPatch,
    paper: str,
    experiment: Experiment = THREE,
    shown: QImage | None = None,
    **look: str,
) -> npt.NDArray[np.uint32]:
    """Return the page that holds six steps, as it is seen."""
    pages = list[QImage]()

    def drawn(_title: str, _identity: str, of: str, draw: Drawing) -> Making:
        width, height = (round(FINE * side) for side in PAPERS[of])
        pages.append(QImage(width, height, QImage.Format.Format_RGB32))
        pages[-1].fill(QColor("white"))
        painter = QPainter(pages[-1])
        painter.scale(FINE / POINT, FINE / POINT)
        try:
            yield from draw(painter, pages.clear)
        finally:
            painter.end()
        return b""

    monkeypatch.setattr(module, "drawn", drawn)
    show = (lambda _index: shown) if shown is not None else None

    def told(_done: int) -> None:
        pass

    def state(index: int) -> State:
        return examples.state(experiment, index, **look)

    handout(STEPS, state, told, "Steps", show, paper)
    return pixels(pages[0])


@pytest.mark.parametrize("paper", [A4, LETTER])
@pytest.mark.parametrize("language", ["en", "es", "zh_CN"])
def test_the_picture_of_a_window_fills_its_sixth_of_the_page(
    monkeypatch: pytest.MonkeyPatch, paper: str, language: str
) -> None:
    window = QImage(1440, 900, QImage.Format.Format_RGB32)
    window.fill(RED)
    seen = page(monkeypatch, paper, shown=window, language=language) == RED
    wide, high = (FINE * side for side in PAPERS[paper])
    across, down = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
    assert (np.diff(across) > 1).sum() == 1
    assert (np.diff(down) > 1).sum() == 2
    assert seen.sum() > 0.44 * wide * high
    assert across[0] > 0.03 * wide
    assert across[-1] < 0.97 * wide


@pytest.mark.parametrize("paper", [A4, LETTER])
@pytest.mark.parametrize("experiment", [THREE, TEN], ids=["three layers", "ten"])
def test_a_chain_reaches_from_edge_to_edge(
    monkeypatch: pytest.MonkeyPatch, paper: str, experiment: Experiment
) -> None:
    seen = page(monkeypatch, paper, experiment)
    ground = seen == int(THEMES["light"].canvas[1:], 16)
    first = ground[slice(*first_stretch(ground.any(axis=1))), :]
    first = ~first[:, slice(*first_stretch(ground.any(axis=0)))]
    edge = 2 * FINE
    inside = first[edge:-edge, edge:-edge]
    across = np.flatnonzero(inside[20 * FINE :].any(axis=0))
    assert across[0] < 8 * FINE
    assert inside.shape[1] - across[-1] < 8 * FINE
    down = np.flatnonzero(inside[:, 4 * FINE : -4 * FINE].any(axis=1))
    assert FINE < down[0] < 12 * FINE
    assert FINE < inside.shape[0] - down[-1] < 12 * FINE, "the formula is at the foot, and whole"
    assert inside.mean() > 0.14, "what is drawn is large"


def first_stretch(there: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Return where the first stretch without a gap of some points begins and ends."""
    at = np.flatnonzero(there)
    gaps = np.flatnonzero(np.diff(at) > 3 * FINE)
    return int(at[0]), int(at[gaps[0]]) + 1


def test_title_and_page_are_black_on_white_in_a_dark_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = page(monkeypatch, A4, theme="dark")
    for rows in (seen[: 40 * FINE], seen[-30 * FINE :]):
        assert (rows == 0xFFFFFF).mean() > 0.9
        assert ((rows >> 8 & 255) < 100).sum() > 100


def test_the_paper_is_the_one_that_is_usual_here(monkeypatch: pytest.MonkeyPatch) -> None:
    for usual in (A4, LETTER):
        monkeypatch.setattr(module, "usual_paper", lambda usual=usual: usual)
        content = handout(STEPS, lambda k: examples.state(THREE, k), lambda _done: None, "Steps")
        assert Pdf(content).size == PAPERS[usual]


def test_a_long_heading_is_written_smaller_and_not_cut() -> None:
    heading = "→ Hacia adelante · capa 12, época 1, muestra 1, paso 12"
    for width in (2000.0, 1200.0):
        font = bold_in(width, heading, 9.5)
        assert QFontMetricsF(font).horizontalAdvance(heading) <= 1.01 * width
    assert bold_in(9999, heading, 9.5) == bold_in(9999, "L", 9.5)
