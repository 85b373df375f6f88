"""The code panel in the window: its keys, copying and saving."""

from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from engine import Experiment, random_weights
from engine.programs import FORMS, MOST_LAYERS
from engine.user_error import Location
from gui.panels.code.picture import code_picture
from gui.panels.code.text import CodeText
from gui.shell.app import Chainstep
from gui.state import Look
from tests.gui.panels.code.screen import lines_painted, program_text, text
from tests.gui.screen import (
    button,
    click,
    drag,
    hover,
    numbers_in_place,
    paste,
    popups,
    press,
    settle,
)

pytestmark = popups  # a hint and "Copied" are popups


@pytest.fixture
def look() -> Look:
    return Look(language="en", theme="light", movement=False, panel="code")


def test_forms_are_chosen_and_follow_the_steps(program: Chainstep) -> None:
    for form in FORMS:
        click(button(program, f"tab {form}"))
        assert text(program).toPlainText() + "\n" == program_text(program)
        press(program, "Home", *["Right"] * 7)
        state = program.session.state
        assert lines_painted(text(program), state) == code_picture(state).marked


def zoom(shown: CodeText) -> None:
    """Turn the wheel with Ctrl held."""
    where = QPointF(80, 60)
    over = shown.viewport().mapToGlobal(where)
    held, no_button = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.NoButton
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(where, over, QPoint(), QPoint(0, 120), no_button, held, phase, False)  # noqa: FBT003
    QApplication.sendEvent(shown.viewport(), event)


def test_keys_of_the_window_work_with_the_focus_in_the_code(program: Chainstep) -> None:
    click(text(program).viewport(), QPoint(80, 60))
    assert text(program).hasFocus()
    press(program, "Right", "Right", "Left")
    assert numbers_in_place(program) == (1, 1, 1)
    press(program, "Shift+Right", "Ctrl+Right")
    assert numbers_in_place(program)[0] == 1
    press(program, "Home")
    assert program.session.state.index == 0
    press(program, "End")
    assert program.session.state.index == program.session.state.last
    press(program, "Home", "Space")
    assert program.session.state.playing
    press(program, "Space")
    assert not program.session.state.playing
    assert text(program).toPlainText() + "\n" == program_text(program)


def test_the_code_scrolls_by_keys_and_lets_go_of_tab(program: Chainstep) -> None:
    text(program).setFocus()
    before = text(program).verticalScrollBar().value()
    press(program, "PgDown", "Down")
    assert text(program).verticalScrollBar().value() > before
    press(program, "End")
    before = text(program).verticalScrollBar().value()
    press(program, "Space", "End")  # both are at an end, and no keys of the code either
    assert text(program).verticalScrollBar().value() == before
    press(program, "Tab")
    assert not text(program).hasFocus()


def test_a_selection_is_copied_and_without_one_the_step(program: Chainstep) -> None:
    clipboard = QGuiApplication.clipboard()
    press(program, "Right")
    viewport = text(program).viewport()
    click(viewport, QPoint(80, 60))
    press(program, "Ctrl+C")
    assert "0.2333" in clipboard.text()
    drag(viewport, QPoint(2, 8), QPoint(60, 8), QPoint(120, 8))
    selected = text(program).textCursor().selectedText()
    assert len(selected) > 5
    press(program, "Ctrl+C")
    assert clipboard.text() == selected
    press(program, "Ctrl+A", "Ctrl+C")
    assert clipboard.mimeData().formats() == ["text/plain"]
    assert clipboard.text() + "\n" == program_text(program)


def test_typing_changes_nothing(program: Chainstep) -> None:
    text(program).setFocus()
    size = text(program).font().pixelSize()
    zoom(text(program))
    assert text(program).font().pixelSize() == size
    QTest.keyClicks(text(program), "abc\b")
    QTest.keyClick(text(program), Qt.Key.Key_Delete)
    assert text(program).toPlainText() + "\n" == program_text(program)


def test_copy_takes_the_whole_program(program: Chainstep) -> None:
    click(button(program, "tab framework"))
    click(button(program, "copy code"))
    assert QGuiApplication.clipboard().text() == program_text(program)


def test_save_writes_the_whole_program(
    program: Chainstep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_parent: object, title: str, suggested: str, _filter: str) -> tuple[str, str]:
        asked.extend((title, Path(suggested).name))
        return str(tmp_path / "mine"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    click(button(program, "tab unrolled"))
    button(program, "save code").setFocus()
    press(program, "Return")
    assert asked == ["Save the program", "chainstep_unrolled.py"]
    assert (tmp_path / "mine.py").read_text(encoding="utf-8") == program_text(program)


def test_a_long_chain_cannot_be_unrolled_and_the_hint_says_why(program: Chainstep) -> None:
    click(button(program, "tab unrolled"))
    program.open_at_once(Experiment(random_weights(MOST_LAYERS + 1, 1)))
    settle()
    tab = button(program, "tab unrolled")
    assert not tab.possible
    assert button(program, "tab loop").isChecked()
    assert hover(tab, tab.rect().center()) == ("The unrolled form is for at most 4 layers, not 5.")
    program.open_at_once(Experiment())
    settle()
    assert tab.possible
    assert tab.isChecked()


def test_the_program_follows_an_edit(program: Chainstep) -> None:
    paste(program, "epochs", "17")
    assert "epochs = 17\n" in text(program).toPlainText()


@pytest.mark.parametrize("layers", [3, 12, 64])
def test_first_opened_in_mid_sample_the_marked_lines_are_seen(
    program: Chainstep, layers: int
) -> None:
    def marked_in_view() -> bool:
        settle()
        state, wanted = program.session.state, code_picture(program.session.state).marked
        return lines_painted(text(program), state) == wanted != ()

    heights = cycle((700, 1000, 900))
    press(program, "Ctrl+1")
    program.session.open(Experiment(random_weights(layers, 1), epochs=3), None)
    cases = (("backprop", 7, "dark"), ("front_to_back", 4 * layers, "projector"))
    for algorithm, steps, theme in (*cases, ("in_place", 9, "dark")):
        program.session.change(Location("algorithm"), algorithm)
        program.session.seek(steps)
        press(program, "Ctrl+3")
        assert marked_in_view(), algorithm
        for form in FORMS:
            click(button(program, f"tab {form}"))
            assert marked_in_view(), form
            program.window.resize(1440, next(heights))
            assert marked_in_view(), (form, algorithm)
        for look in (theme, "light"):
            program.session.set_look(theme=look)
            assert marked_in_view(), (look, algorithm)
        press(program, "Ctrl+1")
