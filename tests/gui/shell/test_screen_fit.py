"""The window stands on the screen, all of it, and everything in it can be reached there."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QByteArray, QPoint, QRect, QSize
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from gui.shell.app import Chainstep
from gui.shell.screen import fit_to_screen
from gui.shell.window import Window
from gui.theme import THEMES
from tests.gui.screen import popups, press, settle

FRAME = 28
"""The height of a title bar of the usual desktops is about that."""

Screen = Callable[[int, int], QRect]


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    """Make the screen as large as a test says; a task bar takes the last 40 pixels of it."""

    def of(width: int, height: int) -> QRect:
        free = QRect(0, 0, width, height - 40)
        monkeypatch.setattr(QScreen, "size", lambda _screen: QSize(width, height))
        monkeypatch.setattr(QScreen, "geometry", lambda _screen: QRect(0, 0, width, height))
        monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: free)
        return free

    return of


def stands(window: QWidget) -> QRect:
    """Return the place of a window with the frame that a desktop draws round it."""
    return window.geometry().adjusted(0, -FRAME, 0, 0)


SCREENS = [(1366, 768), (1024, 768), (1280, 720), (910, 512), (1920, 1080)]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", SCREENS)
def test_a_first_start_fits_the_screen(screen: Screen, size: tuple[int, int]) -> None:
    free = screen(*size)
    window = Window()
    window.place(QByteArray())
    assert free.contains(stands(window))
    assert window.minimumWidth() <= free.width()
    assert window.minimumHeight() + FRAME <= free.height()
    roomy = free.width() >= 1450 and free.height() >= 950
    assert (window.size() == QSize(1440, 900)) == roomy


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("place", [QPoint(40, 40), QPoint(2600, 300), QPoint(-1500, -700)])
def test_a_place_on_a_screen_that_is_gone_is_given_up(
    screen: Screen, size: tuple[int, int], place: QPoint
) -> None:
    screen(3840, 2160)
    large = Window()
    large.place(QByteArray())
    large.setGeometry(QRect(place, QSize(2400, 1300)))
    kept = large.saveGeometry()
    free = screen(*size)
    window = Window()
    window.place(kept)
    assert free.contains(stands(window))


@pytest.mark.usefixtures("qapp")
def test_a_place_on_this_screen_is_kept(screen: Screen) -> None:
    screen(1920, 1080)
    window = Window()
    window.setGeometry(QRect(200, 120, 1100, 700))
    fit_to_screen(window, QSize(900, 600))
    assert window.geometry() == QRect(200, 120, 1100, 700)
    assert window.minimumSize() == QSize(900, 600)


@popups
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("size", [(900, 600), (902, 472)])
def test_on_a_small_screen_the_plots_give_way_and_nothing_overlaps(
    program: Chainstep, theme: str, language: str, size: tuple[int, int]
) -> None:
    program.session.set_look(theme=theme, language=language)
    program.window.setMinimumSize(*size)
    program.window.resize(*size)
    settle()
    window = program.window
    for keys in ("Home", "Right", "Shift+Right", "Left"):
        press(program, keys)
        assert window.size() == QSize(*size)
        column = [window.chain, window.formula, window.timeline]
        for above, below in pairwise(column):
            assert above.geometry().bottom() < below.geometry().top()
        for part in (window.formula, window.timeline):
            assert part.height() >= part.minimumSizeHint().height()
            assert window.centralWidget().rect().contains(part.geometry())
    assert not window.plots_dock.isVisible()
    window.resize(1440, 900)
    settle()
    assert window.plots_dock.isVisible()


@popups
@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("width", [1024, 1366])
def test_plots_that_could_not_be_read_give_way(program: Chainstep, theme: str, width: int) -> None:
    window = program.window
    program.session.set_look(theme=theme)
    seen = set()
    for height in (700, 750, 768, 620, 640, 700):
        window.resize(width, height)
        settle()
        if window.plots_dock.isVisible():
            seen.add(height)
            plots = window.content(window.plots_dock)
            hidden = plots.height() - window.plots_dock.widget().height()
            assert hidden <= 8, "an axis is cut"
    assert seen == ({750, 768} if theme == "projector" else {640, 700, 750, 768})
