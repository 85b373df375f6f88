"""The window as a whole: language, theme, panels, and what is remembered."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLabel, QMenu, QWidget

from gui.language import languages, speech
from gui.shell.app import Chainstep
from gui.shell.settings import Settings
from gui.state import Look
from tests.gui.listening import told
from tests.gui.screen import (
    button,
    click,
    entry,
    field,
    formula,
    numbers_in_place,
    place,
    popups,
    press,
    settle,
    speak,
    take,
    texts,
)
from tests.gui.stills import difference, still

SAME_IN_CHINESE = re.compile(
    r"""Chainstep|English|tanh′?|sigmoid|leaky\ ReLU|ReLU|softplus
    |Ctrl|Shift|Esc|F1|Home|End|PgUp|PgDown|Tab|Enter|CSV|GIFT?|PDF|Moodle|Anki
    |\b[xyzewLaifn]\b|x\d|α|ê|\#[0-9a-fA-F]{6}|</?span[^>]*>|</?(?:[ab]|br)\b[^>]*>|NaN|&[A-Z]\b|\([A-Z]\)|&\w
    """,
    re.VERBOSE,
)


def english_in(text: str) -> str:
    """Return the English words of a text that should be Chinese."""
    if text in {speech(language).own_name for language in languages()}:
        return ""
    rest = SAME_IN_CHINESE.sub(" ", text)
    return " ".join(re.findall(r"[A-Za-z]{2,}", rest))


def test_the_language_changes_every_text_and_back(program: Chainstep) -> None:
    press(program, "Ctrl+Right", *["Right"] * 8)
    before = texts(program)
    where = numbers_in_place(program)
    speak(program, "zh_CN")
    chinese = texts(program)
    speak(program, "en")
    assert texts(program) == before
    assert numbers_in_place(program) == where
    assert {name: text for name, text in chinese.items() if english_in(text)} == {}


def test_both_languages_in_every_phase(program: Chainstep) -> None:
    for _ in range(14):
        speak(program, "zh_CN")
        for text in (
            place(program),
            formula(program),
            *told(program.window.chain),
        ):
            assert not english_in(text)
        speak(program, "en")
        press(program, "Right")


@popups
def test_the_language_is_chosen_from_a_list(program: Chainstep) -> None:
    press(program, "Right", "Right")
    take(program, "中文")
    assert entry(program, "中文").isChecked()
    assert not entry(program, "English").isChecked()
    assert place(program).startswith("第 1 轮")
    assert button(program, "language").toolTip() == "语言：中文"
    # The button in the bar opens the same list, below itself; the keys work in it.
    pressed = button(program, "language")
    click(pressed)
    opened = QApplication.activePopupWidget()
    assert isinstance(opened, QMenu)
    assert [action.text() for action in opened.actions()] == [
        speech(code).own_name for code in languages()
    ]
    assert opened.y() >= pressed.mapToGlobal(pressed.rect().bottomLeft()).y()
    press(program, "Down", "Return")
    assert button(program, "language").toolTip() == "Language: English"
    assert numbers_in_place(program) == (1, 1, 2)


def test_chinese_is_drawn_by_the_font_that_travels_along(program: Chainstep) -> None:
    speak(program, "zh_CN")
    assert "Chainstep Sans SC" in QApplication.font().families()
    assert "Chainstep Sans SC" in QFontDatabase.families()


def test_a_language_switch_keeps_what_is_typed(program: Chainstep) -> None:
    click(field(program, "weights[0]"))
    press(program, "Ctrl+A", "0")
    speak(program, "zh_CN")
    assert field(program, "weights[0]").text() == "0"
    assert QApplication.focusWidget() is field(program, "weights[0]")


def plain(text: str) -> str:
    """Return a text without its colours."""
    return re.sub(r"<[^>]*>", "", text)


def test_the_theme_changes_the_palette_and_no_text(program: Chainstep) -> None:
    press(program, *["Right"] * 8)
    before, shown = texts(program), still(program.window)
    window = QApplication.palette().color(QPalette.ColorRole.Window)
    assert window.lightness() > 200
    seen = set()
    for _ in range(4):
        click(button(program, "theme"))
        now = texts(program)
        assert {n: plain(t) for n, t in now.items()} == {n: plain(t) for n, t in before.items()}
        colour = QApplication.palette().color(QPalette.ColorRole.Window).name()
        seen.add((colour, QApplication.font().pixelSize()))
        if program.session.state.look.palette == "light":
            break
    assert len(seen) == 3
    click(program.window.chain)
    press(program, "Home", *["Right"] * 8)
    program.window.setFocus()
    assert not difference(still(program.window), shown)


@pytest.mark.parametrize("index", [0, 8, 13, 200])
def test_the_same_state_twice_changes_nothing(program: Chainstep, index: int) -> None:
    press(program, *["Shift+Right"] * (index // 13), *["Right"] * (index % 13))
    program.window.setFocus()
    before, words = still(program.window), texts(program)
    program.session.changed.emit(program.session.state)
    assert not difference(still(program.window), before)
    assert texts(program) == words


def test_a_state_is_shown_the_same_whatever_came_before(program: Chainstep) -> None:
    press(program, *["Right"] * 8)
    program.window.setFocus()
    first, words = still(program.window), texts(program)
    press(program, "End", "Shift+Left", "Home", "Ctrl+Right", "Left", "Home", "Shift+Right")
    press(program, *["Left"] * 5)
    program.window.setFocus()
    assert texts(program) == words
    assert not difference(still(program.window), first)


@popups
def test_panels_close_and_come_back_by_the_view_menu(program: Chainstep) -> None:
    for dock, name in (
        (program.window.experiment_dock, "Experiment"),
        (program.window.plots_dock, "Plots"),
    ):
        bar = dock.titleBarWidget()
        assert bar is not None
        click(bar._close)  # type: ignore[attr-defined]
        assert not dock.isVisible()
        assert entry(program, name).isCheckable()
        assert not entry(program, name).isChecked()
        take(program, name)
        assert dock.isVisible()
        assert entry(program, name).isChecked()


@popups
def test_the_layout_is_reset(program: Chainstep) -> None:
    before = still(program.window)
    geometry = program.window.plots_dock.geometry()
    program.window.plots_dock.close()
    program.window.addDockWidget(
        Qt.DockWidgetArea.RightDockWidgetArea, program.window.experiment_dock
    )
    settle()
    take(program, "Reset layout")
    program.window.setFocus()
    assert program.window.plots_dock.isVisible()
    assert program.window.experiment_dock.geometry().left() < 5
    assert program.window.plots_dock.geometry() == geometry
    assert not difference(still(program.window), before)


@pytest.fixture
def again(qapp: QApplication) -> Iterator[list[Chainstep]]:
    """A place for the programs that are started after the first; they are closed at the end."""
    started: list[Chainstep] = []
    yield started
    for later in started:
        later.window.close()
        later.window.deleteLater()
    qapp.processEvents()


def restart(program: Chainstep, again: list[Chainstep], settings: Settings) -> Chainstep:
    """Close the window and start Chainstep anew, as the same user."""
    program.window.close()
    settle()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    later = Chainstep(application, settings, settings.look())
    again.append(later)
    later.show()
    settle()
    return later


def test_what_was_arranged_and_chosen_is_there_next_time(
    program: Chainstep, settings: Settings, again: list[Chainstep]
) -> None:
    speak(program, "zh_CN")
    click(button(program, "theme"))
    click(button(program, "logarithmic"))
    program.window.experiment_dock.close()
    program.window.resize(900, 650)  # the screen without a display is small
    settle()
    later = restart(program, again, settings)
    assert later.window.size() == program.window.size()
    assert not later.window.experiment_dock.isVisible()
    assert later.window.plots_dock.isVisible()
    assert button(later, "language").toolTip() == "语言：中文"
    assert QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 60
    later_log = [b for b in [button(later, "logarithmic")] if b.isChecked()]
    assert later_log
    press(later, "Right")
    assert place(later).startswith("第 1 轮")


def test_every_control_is_reached_by_tab_and_has_a_name(program: Chainstep) -> None:
    press(program, "Ctrl+Right", "Right")
    expected = {
        widget
        for widget in program.window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not (isinstance(widget.parentWidget(), QAbstractScrollArea) and not widget.objectName())
    }
    met: list[QWidget] = []
    program.window.setFocus()
    press(program, "Tab")
    while (focus := QApplication.focusWidget()) is not None and focus not in met:
        met.append(focus)
        press(program, "Tab")
    assert expected - set(met) == set()
    nameless = [
        widget.objectName() or type(widget).__name__
        for widget in met
        if not told(widget)[0] and not buddy_of(program, widget)
    ]
    assert not nameless
    names = [widget.objectName() for widget in met]
    steps = ["start", "previous_epoch", "previous_step", "play", "next_step", "end", "speed"]
    assert [name for name in names if name in steps] == steps
    assert names.index("weights[0]") < names.index("learning_rate") < names.index("add sample")
    assert names.index("speed") < names.index("language") < names.index("theme")
    assert names.index("theme") < names.index("weights[0]")
    assert names.index("weights[0]") < names.index("logarithmic")
    assert names.index("run slider") < names.index("logarithmic")


def buddy_of(program: Chainstep, widget: QWidget) -> str:
    labels = (label for label in program.window.findChildren(QLabel) if label.buddy() is widget)
    return next((label.text() for label in labels), "")


class TestProjector:
    @pytest.fixture
    def look(self) -> Look:
        return Look(language="zh_CN", theme="projector", movement=False)

    def test_the_first_start_looks_as_it_was_asked_to(self, program: Chainstep) -> None:
        assert QApplication.font().pixelSize() >= 16
        assert place(program).startswith("第 1 轮")
