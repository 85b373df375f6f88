"""Nothing is cut off and nothing lies over another: all sizes, languages and themes."""

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QSlider, QWidget

from gui.app import Chainstep
from gui.theme import THEMES
from gui.widgets.labels import Elided
from tests.gui.views.screen import button, click, press, settle

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
    if isinstance(widget, Elided):
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
