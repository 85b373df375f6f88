"""The timeline: presses, drags, the slider over any length, and what is written there."""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from engine import Experiment, Run
from gui.shell.app import Chainstep
from gui.state import State
from gui.state.intents import Intent, Seek
from gui.theme import load_fonts
from gui.timeline.view import TimelineView
from tests.gui import examples
from tests.gui.screen import (
    button,
    cells,
    click,
    drag,
    hover,
    image,
    numbers_in_place,
    paste,
    place,
    popups,
    press,
    settle,
    slider,
    speak,
)
from tests.gui.stills import still


def cell(program: Chainstep, step: int) -> QPoint:
    strip = cells(program)
    return QPoint(round(3 + (step - 0.5) * (strip.width() - 6) / 13), strip.height() // 2)


def text_of(label: QLabel) -> QTextDocument:
    """Return what a label shows, laid out in its width."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(label.font())
    document.setHtml(label.text())
    document.setTextWidth(label.width())
    return document


@popups
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("theme", ["light", "projector"])
def test_the_legend_is_whole_at_every_width(qtbot: QtBot, theme: str, language: str) -> None:
    load_fonts(chinese=True)
    view = TimelineView()
    qtbot.addWidget(view)
    view.show()
    state = examples.state(Experiment(), 8, language=language, theme=theme)
    for width in (1600, 1000, 720, 620, 560, 460, 300, 620, 1600):
        view.resize(width, 120)
        view.present(state)
        settle()
        title, legend = view._title, view._legend
        assert legend.isVisible()
        assert not title.geometry().intersects(legend.geometry()), width
        assert legend.geometry().right() <= width - 20
        assert legend.height() >= text_of(legend).size().height()
        if width >= 560:
            assert legend.height() < 2 * legend.fontMetrics().height(), "one line"
        if width >= 460:
            assert title.width() >= title.fontMetrics().horizontalAdvance(title.text())
        assert view.height() >= view.inside.sizeHint().height()


def test_a_press_on_a_cell_shows_its_step(program: Chainstep) -> None:
    press(program, "Ctrl+Right", "Right")
    for step in (8, 1, 13, 5):
        click(cells(program), cell(program, step))
        assert numbers_in_place(program) == (2, 1, step)


def test_a_drag_over_the_cells_follows_the_mouse_in_both_directions(program: Chainstep) -> None:
    strip = cells(program)
    drag(strip, *(cell(program, step) for step in (2, 5, 9)))
    assert numbers_in_place(program) == (1, 1, 9)
    drag(strip, *(cell(program, step) for step in (9, 5, 3)))
    assert numbers_in_place(program) == (1, 1, 3)
    drag(strip, cell(program, 9), QPoint(-500, 4))
    assert numbers_in_place(program) == (1, 1, 1)
    drag(strip, cell(program, 9), QPoint(strip.width() + 500, 4))
    assert numbers_in_place(program) == (1, 1, 13)


def test_the_cells_show_what_is_done(program: Chainstep) -> None:
    def colours() -> list[str]:
        shown = image(cells(program))
        # Its sign stands in the middle.
        beside = (cell(program, step) - QPoint(15, 0) for step in range(1, 14))
        return [shown.pixelColor(where).name() for where in beside]

    press(program, "Shift+Right")
    done = colours()
    assert len(set(done)) == 5
    press(program, "Home")
    pale = colours()
    assert all(a != b for a, b in zip(done, pale, strict=True))
    press(program, *["Right"] * 4)
    assert colours() == done[:4] + pale[4:]


@popups
@pytest.mark.parametrize(("layers", "each"), [(3, (1, 4, 5, 6, 12)), (16, (1, 17, 18, 19, 60))])
def test_a_step_is_told_without_its_colour(
    qtbot: QtBot, layers: int, each: tuple[int, ...]
) -> None:
    """Whoever sees no colour reads a sign on a wide cell, and the height of a narrow one."""
    view, steps = TimelineView(), 4 * layers + 1
    qtbot.addWidget(view)
    view.resize(700, 120)
    view.show()

    def shape(step: int) -> str:
        """Return where a cell differs from its corner, or from the panel, whatever its colour."""
        strip = view._cells
        pitch = (strip.width() - 6) / steps
        left, inset = round(3 + (step - 1) * pitch), round(pitch / 4)
        shown = image(strip).copy(left + inset, 5, round(pitch) - 2 * inset, strip.height() - 10)
        ground = shown.pixelColor(0, 0).lightness() if layers == 3 else 255
        return "".join(
            "·#"[abs(shown.pixelColor(x, y).lightness() - ground) > 60]
            for y in range(shown.height())
            for x in range(shown.width())
        )

    for done in (steps, 0):  # none, or all, is still to come
        view.present(examples.state(Experiment(weights=[0.5] * layers), done))
        settle()
        assert len({shape(step) for step in each}) == 5


@popups
def test_a_cell_names_its_step(program: Chainstep) -> None:
    assert hover(cells(program), cell(program, 1)).split("\n")[0] == "Forward · layer 1"
    assert hover(cells(program), cell(program, 5)).split("\n")[0] == "Backward · the loss"
    assert hover(cells(program), cell(program, 13)).split("\n")[0] == "Update · layer 1"
    speak(program, "zh_CN")
    assert "Update" not in hover(cells(program), cell(program, 13))
    QToolTip.hideText()


def test_the_slider_is_dragged_anywhere_in_both_directions(program: Chainstep) -> None:
    still(program.window)
    assert QApplication.activePopupWidget() is None
    bar = slider(program)
    assert bar.width() > 300, bar.geometry()
    middle = bar.height() // 2

    def at(share: float) -> QPoint:
        return QPoint(round(8 + share * (bar.width() - 17)), middle)

    drag(bar, at(0), at(0.2), at(0.5))
    assert numbers_in_place(program)[0] == pytest.approx(120, abs=2)
    drag(bar, at(0.5), at(0.9), at(0.25))
    assert numbers_in_place(program)[0] == pytest.approx(60, abs=2)
    drag(bar, at(0.25), QPoint(bar.width() + 400, middle))
    assert numbers_in_place(program) == (240, 2, 13)
    drag(bar, at(1), QPoint(-400, middle))
    assert numbers_in_place(program) == (1, 1, 0)
    click(bar, at(0.75))
    assert numbers_in_place(program)[0] == pytest.approx(180, abs=2)


def test_the_slider_follows_the_step(program: Chainstep) -> None:
    bar = slider(program)
    press(program, "Right")
    assert bar.value() == 1
    press(program, "End")
    assert bar.value() == bar.maximum()
    assert bar.accessibleDescription() == place(program)
    paste(program, "epochs", "10")
    assert bar.value() == bar.maximum() == 260


def test_the_slider_can_be_dragged_while_it_plays(program: Chainstep) -> None:
    press(program, "Space")
    click(slider(program), QPoint(slider(program).width() // 2, 12))
    assert numbers_in_place(program)[0] == pytest.approx(120, abs=2)
    assert button(program, "play").text() == "Pause"
    press(program, "Space")


class _Endless:
    """So many numbers that no array could hold them."""

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: object) -> object:
        return array("d", [0.5, 0.5]) if isinstance(index, slice) else 0.5


def endless(index: int) -> State:
    """Return a run of 10¹⁰ updates, hence of 9 · 10¹⁰ steps, at one of its moments."""
    updates = 10**10
    experiment = replace(Experiment(), weights=(0.5, 0.5), epochs=updates // 2)
    numbers = _Endless(updates)
    run = Run(experiment, 1, numbers, numbers, numbers, numbers, (0.5, 0.5), None, None)  # type: ignore[arg-type]
    return State(run, index, experiment)


@popups
def test_a_run_of_more_steps_than_32_bits_count_is_mapped(qtbot: QtBot) -> None:
    last = 9 * 10**10
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(1000, 120)
    sought: list[Intent] = []
    view.wished.connect(sought.append)
    view.show()
    bar = view._slider
    for index in (0, 1, last // 3, 2**31, 2**32 + 5, last - 1, last):
        view.present(endless(index))
        assert bar.value() / bar.maximum() == pytest.approx(index / last, abs=1e-8)
        assert not sought, "to show a place is not to seek it"
    click(bar, QPoint(bar.width() // 2, 12))
    assert isinstance(sought[-1], Seek)
    assert sought[-1].index == pytest.approx(last / 2, rel=0.02)
    assert sought[-1].index > 2**31
    click(bar, QPoint(bar.width() - 1, 12))
    assert sought[-1] == Seek(last)
    click(bar, QPoint(1, 12))
    assert sought[-1] == Seek(0)
    view.present(endless(last))
    click(view._cells, QPoint(3, 10))
    assert sought[-1] == Seek(last - 8)
