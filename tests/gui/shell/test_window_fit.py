"""Nothing is cut off and nothing lies over another: all sizes, languages and themes."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSlider, QWidget

from engine import Experiment
from gui.shell.app import Chainstep
from gui.shell.bar import NameButton
from gui.theme import THEMES
from gui.widgets.button import Button
from gui.widgets.labels import Elided
from gui.widgets.rows import Rows
from tests.gui.screen import button, click, popups, press, settle, take

SIZES = [(1024, 700), (1440, 900), (1920, 1080)]
SHOWN = (QLabel, QAbstractButton, QLineEdit, QComboBox, QSlider)


def leaves(program: Chainstep) -> list[QWidget]:
    """Return the controls and labels that can be seen, at least in part."""
    found: list[QWidget] = []
    for kind in SHOWN:
        found += [w for w in program.window.findChildren(kind) if w.isVisible()]
    return [w for w in found if type(w.parent()).__name__ not in ("QToolBar", "QMenuBar")]


def on_window(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def name_of(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton | QLineEdit) else ""
    return f"{type(widget).__name__} {widget.objectName()} {text!r} {widget.size().toTuple()}"


def text_width(widget: QWidget) -> int:
    """Return how wide the text of a field or a choice is."""
    text = widget.text() if isinstance(widget, QLineEdit) else ""
    if isinstance(widget, QComboBox):
        text = max((widget.itemText(i) for i in range(widget.count())), key=len)
    return widget.fontMetrics().horizontalAdvance(text)


def cut_off(widget: QWidget) -> bool:
    if isinstance(widget, Elided | NameButton):
        return False
    if isinstance(widget, QLineEdit):
        return widget.width() < text_width(widget) + 16
    if isinstance(widget, QComboBox):
        return widget.width() < text_width(widget) + 30
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    needed = widget.sizeHint()
    if isinstance(widget, QSlider):
        return widget.height() < needed.height() or widget.width() < 40
    # A button's height leaves room; a border that grows with the focus takes some of it.
    line = widget.fontMetrics().height()
    return widget.width() < needed.width() or widget.height() < min(needed.height(), line + 8)


def faults(program: Chainstep) -> list[str]:
    settle()
    seen = leaves(program)
    found = [f"cut off: {name_of(w)} needs {w.sizeHint().toTuple()}" for w in seen if cut_off(w)]
    for widget in seen:
        parent = widget.parentWidget()
        if parent is not None and not parent.rect().contains(widget.geometry()):
            found.append(f"outside its parent: {name_of(widget)}")
    by_parent: dict[QWidget | None, list[QWidget]] = {}
    for widget in seen:
        by_parent.setdefault(widget.parentWidget(), []).append(widget)
    for siblings in by_parent.values():
        for i, one in enumerate(siblings):
            found += [
                f"overlap: {name_of(one)} and {name_of(other)}"
                for other in siblings[i + 1 :]
                if one.geometry().intersects(other.geometry())
            ]
    return found


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_fits(program: Chainstep, language: str, theme: str) -> None:
    program.session.set_look(language=language, theme=theme)
    found: dict[str, None] = {}
    for width, height in SIZES:
        program.window.resize(width, height)
        settle()
        assert program.window.size() == QSize(width, height), "the window can't be that small"
        for key in ("Home", "Right", "Shift+Right", "Left", "Left", "Left"):
            press(program, key)
            found |= dict.fromkeys(f"{width} × {height}: {fault}" for fault in faults(program))
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("size", SIZES)
def test_the_transport_fits_into_the_bar(program: Chainstep, size: tuple[int, int]) -> None:
    program.window.resize(*size)
    for theme in THEMES:
        program.session.set_look(theme=theme)
        for language in ("en", "zh_CN"):
            program.session.set_look(language=language)
            settle()
            bar = QRect(QPoint(0, 0), program.window.size())
            last = -1
            for name in ("start", "previous_step", "play", "next_step", "end", "speed"):
                widget = program.window.findChild(QWidget, name)
                assert widget is not None
                where = on_window(widget)
                assert bar.contains(where), f"{name} at {size}, {theme}, {language}"
                assert where.left() > last
                last = where.right()
            assert on_window(button(program, "theme")).right() <= size[0]
            assert on_window(button(program, "language")).left() > last
            assert button(program, "play").text()
    click(button(program, "play"))
    press(program, "Space")


def test_texts_stand_beside_the_transports_icons_where_there_is_room(program: Chainstep) -> None:
    def labelled() -> bool:
        style = button(program, "next_step").toolButtonStyle()
        return style.name == "ToolButtonTextBesideIcon"

    assert labelled()
    program.window.resize(1024, 700)
    settle()
    assert not labelled()
    assert button(program, "next_step").accessibleName() == "Forward a step"
    program.window.resize(1920, 1080)
    settle()
    assert labelled()


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_icon_and_text_stand_together_in_the_middle_of_a_button(
    program: Chainstep, theme: str
) -> None:
    program.session.set_look(theme=theme)
    settle()
    beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    found = [b for b in program.window.findChildren(Button) if b.toolButtonStyle() == beside]
    assert len(found) > 5
    for each in filter(QWidget.isVisible, found):
        icon, text = each.parts()
        left, right = icon.left(), each.width() - text.right()
        assert abs(left - right) <= 2, name_of(each)
        assert left >= (1 if each.property("role") == "plain" else 4), name_of(each)
        assert text.left() - icon.right() - 1 == THEMES[theme].size(6), name_of(each)


# --- docks that give way -------------------------------------------------------------------


def open_docks(program: Chainstep) -> set[str]:
    """Return which of the docks at the two sides can be seen."""
    settle()
    window = program.window
    docks = {"experiment": window.experiment_dock, "explanation": window.panels_dock}
    return {name for name, dock in docks.items() if dock.isVisible()}


BOTH = {"experiment", "explanation"}


@popups
@pytest.mark.parametrize("by", ["button", "key", "menu"])
def test_where_both_have_no_room_the_explanation_takes_the_editors_place(
    program: Chainstep, by: str
) -> None:
    shown = button(program, "explanation")
    assert open_docks(program) == BOTH
    assert shown.isChecked()
    program.window.resize(900, 600)
    assert open_docks(program) == {"experiment"}
    assert not shown.isChecked()
    if by == "button":
        click(shown)
    elif by == "key":
        press(program, "Ctrl+4")
        assert program.session.state.look.panel == "numbers"
    else:
        take(program, "Explanation")
    assert open_docks(program) == {"explanation"}
    assert shown.isChecked()
    click(button(program, "close explanation"))
    assert open_docks(program) == {"experiment"}
    click(shown)
    program.window.resize(1440, 900)
    assert open_docks(program) == BOTH


def test_an_editor_that_nobody_saw_meanwhile_is_as_high_as_its_rows(program: Chainstep) -> None:
    rows = program.parts.experiment.findChildren(Rows)[0]
    before = rows.height()
    program.window.resize(900, 600)
    press(program, "Ctrl+4")
    assert open_docks(program) == {"explanation"}
    program.session.open(Experiment((0.5,) * 30), None)
    settle()
    program.session.undo()
    settle()
    program.window.resize(1440, 900)
    settle()
    assert rows.height() == before


def test_the_button_closes_and_opens_the_explanation_at_any_width(program: Chainstep) -> None:
    for width, closed, opened in ((1440, {"experiment"}, BOTH), (1000, {"experiment"}, None)):
        program.window.resize(width, 800)
        settle()
        shown = button(program, "explanation")
        if shown.isChecked():
            click(shown)
        assert open_docks(program) == closed
        shown.setFocus()
        press(program, "Return")
        assert open_docks(program) == (opened or {"explanation"})


def test_a_layout_is_remembered_as_it_is_with_room_enough(program: Chainstep) -> None:
    program.window.resize(900, 600)
    settle()
    click(button(program, "explanation"))
    kept = program.parts.arrangement()
    program.window.resize(1440, 900)
    settle()
    program.parts.arrange(kept)
    assert open_docks(program) == BOTH
