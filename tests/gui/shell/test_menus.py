"""The menus: everything is in them, in all languages, and they do what they say."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from engine.presets import ARTICLE, FROM_ARTICLE, PRESETS, preset_named
from gui.language import languages, speech
from gui.shell.app import Chainstep
from tests.gui.screen import (
    button,
    click,
    enter,
    entry,
    fields,
    menus,
    numbers_in_place,
    place,
    popups,
    press,
    settle,
    shown_numbers,
    speak,
    take,
)

pytestmark = popups


def test_every_menu_has_a_title_and_every_entry_a_text(program: Chainstep) -> None:
    for language in languages():
        speak(program, language)
        titles = [menu.title() for menu in menus(program)]
        assert all(titles)
        assert len(set(titles)) == len(titles)
        for menu in menus(program):
            words = [a.text() for a in menu.actions() if not a.isSeparator()]
            assert all(words)
            assert len(set(words)) == len(words)


def test_menus_have_letters_of_their_own(program: Chainstep) -> None:
    for language in languages():
        speak(program, language)
        bar = [action.text() for action in program.window.menuBar().actions()]
        letters = [text[text.index("&") + 1] for text in bar]
        assert len(set(letters)) == len(bar)


def test_the_menus_name_the_keys_as_the_rest_of_the_window_does(program: Chainstep) -> None:
    keys = {"Play": "Space", "Forward a step": "→", "Back a sample": "Shift+←", "Check": "Ctrl+2"}
    shown = dict(text.split("\t") for text in texts_with_keys(program))
    assert {text: shown[text] for text in keys} == keys
    speak(program, "zh_CN")
    shown = dict(text.split("\t") for text in texts_with_keys(program))
    assert (shown["播放"], shown["前进一步"]) == ("空格", "→")


def texts_with_keys(program: Chainstep) -> list[str]:
    return [a.text() for menu in menus(program) for a in menu.actions() if "\t" in a.text()]


def test_the_run_menu_moves(program: Chainstep) -> None:
    take(program, "Forward a step")
    assert numbers_in_place(program) == (1, 1, 1)
    take(program, "Forward an epoch")
    assert numbers_in_place(program) == (1, 2, 13)
    take(program, "To the end")
    assert numbers_in_place(program) == (240, 2, 13)
    take(program, "Back a sample")
    assert numbers_in_place(program) == (240, 1, 13)
    take(program, "To the start")
    assert numbers_in_place(program) == (1, 1, 0)
    take(program, "Play")
    assert entry(program, "Pause").isEnabled()
    take(program, "Pause")
    assert entry(program, "Play").isEnabled()


def test_undo_and_redo_can_act_only_where_there_is_something(program: Chainstep) -> None:
    assert not entry(program, "Undo").isEnabled()
    assert entry(program, "Undo").toolTip() == "Nothing to undo"
    enter(program, "weights[0]", "0.5")
    assert entry(program, "Undo").isEnabled()
    assert not entry(program, "Redo").isEnabled()
    take(program, "Undo")
    assert fields(program, "weights")[0] == "0.2333"
    assert not entry(program, "Undo").isEnabled()
    take(program, "Redo")
    assert fields(program, "weights")[0] == "0.5"


def test_the_digits_are_those_of_every_number(program: Chainstep) -> None:
    press(program, "Right", "Right")
    where = place(program)
    take(program, "3")
    assert shown_numbers(program)["z"] == "−0.0544"
    assert entry(program, "3").isChecked()
    assert not entry(program, "5").isChecked()
    take(program, "4")
    assert shown_numbers(program)["z"] == "−0.05436"
    assert fields(program, "weights") == ["0.2333", "−0.233", "−0.52133"]
    assert place(program) == where


def test_themes_are_chosen_by_name(program: Chainstep) -> None:
    for name, expected in (("Dark", "dark"), ("Light", "light")):
        take(program, name)
        assert entry(program, name).isChecked()
        assert program.session.state.look.palette == expected
    take(program, "As the system")
    assert entry(program, "As the system").isChecked()
    assert not entry(program, "Light").isChecked()


def test_switches_show_what_is_on(program: Chainstep) -> None:
    assert not entry(program, "Logarithmic loss").isChecked()
    take(program, "Logarithmic loss")
    assert entry(program, "Logarithmic loss").isChecked()
    assert button(program, "logarithmic").isChecked()
    take(program, "Logarithmic loss")
    assert not button(program, "logarithmic").isChecked()
    take(program, "Animate steps")
    assert entry(program, "Animate steps").isChecked()


# --- presets -------------------------------------------------------------------------------


def presets_menu(program: Chainstep) -> QMenu:
    return next(menu for menu in menus(program) if menu.title() == "&Presets")


def popped_up() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_every_preset_is_in_the_menu_with_its_sentence(program: Chainstep) -> None:
    for language in languages():
        speak(program, language)
        say = speech(language)
        shown = [action for action in menu_entries(program) if not action.isSeparator()]
        told = [ARTICLE in action.toolTip() for action in shown]
        assert told == [preset.name in FROM_ARTICLE for preset in PRESETS]
        assert [action.text() for action in shown] == [say(p.title) for p in PRESETS]
        assert [action.statusTip() for action in shown] == [say(p.sentence) for p in PRESETS]
        assert all(say(p.sentence) in a.toolTip() for a, p in zip(shown, PRESETS, strict=True))


def menu_entries(program: Chainstep):  # type: ignore[no-untyped-def] # noqa: ANN201
    return program.parts.menus._presets_menu.actions()


def test_a_preset_is_shown_with_its_name_and_sentence(program: Chainstep) -> None:
    for preset in reversed(PRESETS):
        press(program, "Right")
        take(program, preset.title)
        state = program.session.state
        assert (state.experiment, state.run.experiment) == (preset.experiment, preset.experiment)
        assert (state.index, state.progress) == (0, None), "it trains at once"
        assert program.window.windowTitle() == f"{preset.title} – Chainstep"
        assert button(program, "document").accessibleName() == preset.title
        assert told(program) == preset.sentence
        assert [a.text() for a in menu_entries(program) if a.isChecked()] == [preset.title]
        press(program, "Right", "Shift+Right", "End", "Left")
    for preset in PRESETS[1:]:
        press(program, "Ctrl+Z")
        assert button(program, "document").accessibleName() == preset.title
        assert told(program) == preset.sentence


def told(program: Chainstep) -> str:
    """Return what the editor says there is to look for."""
    label = program.window.findChild(QLabel, "what to look for")
    assert label is not None
    return label.text() if label.isVisible() else ""


def test_the_name_in_the_bar_opens_the_menu(program: Chainstep) -> None:
    click(button(program, "document"))
    menu = popped_up()
    assert menu is presets_menu(program)
    under = button(program, "document")
    assert menu.pos().y() >= under.mapToGlobal(under.rect().bottomLeft()).y()
    for _ in range(3):
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle()
    assert button(program, "document").accessibleName() == PRESETS[2].title
    assert not menu.isVisible()


def test_the_keyboard_reaches_the_menu_and_the_sentence(program: Chainstep) -> None:
    name = button(program, "document")
    assert name.focusPolicy() & Qt.FocusPolicy.TabFocus
    name.setFocus(Qt.FocusReason.TabFocusReason)
    press(program, "Return")
    menu = popped_up()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    assert program.window.statusBar().currentMessage() == PRESETS[1].sentence
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    settle()
    assert not menu.isVisible()
    assert program.window.statusBar().currentMessage() == ""
    assert button(program, "document").accessibleName() == PRESETS[0].title


def test_the_preset_that_is_shown_stays_checked_when_taken_again(program: Chainstep) -> None:
    for _ in range(2):
        take(program, PRESETS[0].title)
        assert entry(program, PRESETS[0].title).isChecked()
    press(program, "Right", "Right")
    take(program, PRESETS[0].title)
    assert numbers_in_place(program) == (1, 1, 0)
    assert entry(program, PRESETS[0].title).isChecked()


def test_an_experiment_of_ones_own_is_no_preset(program: Chainstep) -> None:
    enter(program, "weights[0]", "0.5")
    assert button(program, "document").accessibleName() == "An experiment of your own"
    assert not any(action.isChecked() for action in menu_entries(program))
    take(program, preset_named("tanh").title)
    assert entry(program, preset_named("tanh").title).isChecked()


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_the_name_gives_way_and_is_whole_in_the_tool_tip(program: Chainstep, theme: str) -> None:
    take(program, preset_named("vanishing").title)
    program.session.set_look(theme=theme)
    for language in ("en", "zh_CN"):
        program.session.set_look(language=language)
        for width in (900, 1024, 1440):
            program.window.resize(width, 700)
            settle()
            name = button(program, "document")
            start = program.window.findChild(QWidget, "start")
            assert start is not None
            right = name.mapToGlobal(name.rect().topRight()).x()
            assert right < start.mapToGlobal(start.rect().topLeft()).x()
            assert name.width() >= name.minimumSizeHint().width()
            assert speech(language)(preset_named("vanishing").title) in name.toolTip()
            last = button(program, "theme")
            assert last.mapTo(program.window, last.rect().topRight()).x() < width


def test_quit_closes_the_window(program: Chainstep) -> None:
    press(program, "Ctrl+Q")
    assert not program.window.isVisible()
