"""The menus: everything is in them, in both languages, and they do what they say."""

from gui.app import Chainstep
from tests.gui.views.screen import (
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
    shown_numbers,
    take,
)

pytestmark = popups


def test_every_menu_has_a_title_and_every_entry_a_text(program: Chainstep) -> None:
    for _ in range(2):
        titles = [menu.title() for menu in menus(program)]
        assert all(titles)
        assert len(set(titles)) == len(titles)
        for menu in menus(program):
            words = [a.text() for a in menu.actions() if not a.isSeparator()]
            assert all(words)
            assert len(set(words)) == len(words)
        click(button(program, "language"))


def test_menus_have_letters_of_their_own(program: Chainstep) -> None:
    for _ in range(2):
        bar = [action.text() for action in program.window.menuBar().actions()]
        letters = [text[text.index("&") + 1] for text in bar]
        assert len(set(letters)) == 5
        click(button(program, "language"))


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
    assert entry(program, "Undo").toolTip() == "Nothing was edited yet"
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
    take(program, "8")
    assert shown_numbers(program)["z"] == "−0.054358900"
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
    take(program, "Movement")
    assert entry(program, "Movement").isChecked()


def test_quit_closes_the_window(program: Chainstep) -> None:
    press(program, "Ctrl+Q")
    assert not program.window.isVisible()
