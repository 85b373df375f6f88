"""What a user does to the window, and what there is to see: keys, mouse, texts, pixels."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDropEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QToolTip,
    QWidget,
)

from engine import Experiment
from engine.files.experiment_file import save
from gui.chain.view import ChainView
from gui.language import speech
from gui.shell.app import Chainstep
from gui.shell.dispatch import Dispatcher
from gui.shell.window_parts import WindowParts
from gui.state import State
from gui.state.intents import Intent, ShowView
from gui.state.session import Session
from gui.state.views import with_view
from gui.widgets.button import Button
from gui.widgets.number_field import NumberField
from gui.widgets.panel import Panel
from tests.gui.listening import told

popups = pytest.mark.qt_log_ignore("This plugin does not support")
"""For tests that open a popup: the offscreen platform can neither raise nor grab."""

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


def answer(view: Panel, session: Session) -> None:
    """Let a panel that stands alone get what it asks for, as far as a session can give it."""
    dispatcher = Dispatcher(session, _no_parts)

    def act(intent: Intent) -> None:  # a bound method alone would not keep its object alive
        dispatcher.act(intent)

    view.wished.connect(act)
    session.changed.connect(view.present)


def give_views(view: Panel) -> None:
    """Let a panel that stands alone have the views it asks for, now and in what is shown next."""
    shown: list[State] = []
    present = view.present

    def presented(state: State) -> None:
        views = shown[-1].views if shown else ()
        shown.append(replace(state, views=views))
        present(shown[-1])

    def give(intent: Intent) -> None:
        if isinstance(intent, ShowView):
            shown[-1] = replace(shown[-1], views=with_view(shown[-1].views, intent.view))
            present(shown[-1])

    view.wished.connect(give)
    view.present = presented  # type: ignore[method-assign]


def _no_parts() -> WindowParts:
    raise AssertionError("only a whole window can do this")


def settle() -> None:
    """Let everything that is due happen."""
    for _ in range(3):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def press(program: Chainstep, *keys: str) -> None:
    """Press keys like "Shift+Right" as the keyboard does: the window passes them to the focus."""
    for key in keys:
        popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        combination = QKeySequence(key)[0]
        target = (popup or program.window).windowHandle()
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        settle()


def write(program: Chainstep, text: str) -> None:
    """Type `text` into whatever has the focus."""
    for letter in text:
        if letter.isascii():
            QTest.keyClick(program.window.windowHandle(), letter)
        else:
            # QTest knows no key for it; an input method sends it as text.
            focus = QApplication.focusWidget()
            assert focus is not None
            QApplication.sendEvent(focus, QKeyEvent(QEvent.Type.KeyPress, 0, NONE, letter))
    settle()


def click(widget: QWidget, where: QPoint | None = None) -> None:
    """Click into the middle of a widget that can be seen, or at `where`."""
    assert widget.isVisible(), f"{widget.objectName()} can't be seen"
    QTest.mouseClick(widget, LEFT, NONE, where or widget.rect().center())
    settle()


def send(widget: QWidget, kind: QEvent.Type, where: QPoint, held: Qt.MouseButton) -> None:
    """Send a widget what the mouse does; QTest's own moves go by the real pointer."""
    moves = kind is QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moves else LEFT
    inside = QPointF(where)
    event = QMouseEvent(kind, inside, widget.mapToGlobal(inside), button, held, NONE)
    QApplication.sendEvent(widget, event)
    settle()


def point_at(widget: QWidget, where: QPoint) -> None:
    """Move the mouse to a place, with no button held."""
    send(widget, QEvent.Type.MouseMove, where, Qt.MouseButton.NoButton)


def double_click(widget: QWidget, where: QPoint) -> None:
    """Click twice, as a mouse does: press, release, double click, release."""
    QTest.mouseClick(widget, LEFT, NONE, where)
    send(widget, QEvent.Type.MouseButtonDblClick, where, LEFT)
    send(widget, QEvent.Type.MouseButtonRelease, where, Qt.MouseButton.NoButton)


def drag(widget: QWidget, *places: QPoint) -> None:
    """Press at the first place, move along the others, let go at the last."""
    point_at(widget, places[0])
    QTest.mousePress(widget, LEFT, NONE, places[0])
    for place in places[1:]:
        QTest.qWait(12)  # pyqtgraph drops moves that come faster
        send(widget, QEvent.Type.MouseMove, place, LEFT)
    QTest.mouseRelease(widget, LEFT, NONE, places[-1])
    settle()


def turn_wheel(widget: QWidget, where: QPoint, by: int) -> None:
    """Turn the wheel over a widget; 120 is one notch away from the user."""
    event = QWheelEvent(
        QPointF(where),
        widget.mapToGlobal(QPointF(where)),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        NONE,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003
    )
    QApplication.sendEvent(widget, event)
    settle()


def hover(widget: QWidget, where: QPoint) -> str:
    """Rest the mouse on a place; return the tool tip that appears there."""
    QToolTip.hideText()
    help_asked = QHelpEvent(QEvent.Type.ToolTip, where, widget.mapToGlobal(where))
    QApplication.sendEvent(widget, help_asked)
    return QToolTip.text()


# What there is to see


def button(program: Chainstep, name: str) -> Button:
    """Return the button of a name."""
    found = [b for b in program.window.findChildren(Button, name) if not b.isHidden()]
    found = [b for b in found if b.isVisible()] or found
    assert found, name
    return found[0]


def field(program: Chainstep, name: str) -> NumberField:
    """Return the field of a name: `weights[0]`, `learning_rate`, `samples[1].x`."""
    found = [f for f in program.window.findChildren(NumberField, name) if not f.isHidden()]
    assert len(found) == 1, name
    return found[0]


def fields(program: Chainstep, start: str) -> list[str]:
    """Return the texts of all fields whose names begin like that."""
    settle()
    found = program.window.findChildren(NumberField)
    return [f.text() for f in found if f.objectName().startswith(start)]


def paste(program: Chainstep, name: str, text: str, *, end: str = "Return") -> None:
    """Paste a text over all that is in a field: it arrives whole, not letter by letter."""
    QApplication.clipboard().setText(text)
    target = field(program, name)
    program.parts.experiment.ensureWidgetVisible(target)
    settle()
    click(target)
    press(program, "Ctrl+A", "Ctrl+V" if text else "Delete", *([end] if end else []))


def drop(program: Chainstep, *paths: Path) -> bool:
    """Drop files on the window; return whether the window takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    window, where = program.window, QPoint(500, 300)
    copy = Qt.DropAction.CopyAction
    asked = QDragEnterEvent(where, copy, data, LEFT, NONE)
    QApplication.sendEvent(window, asked)
    if asked.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(where), copy, data, LEFT, NONE))
    settle()
    return asked.isAccepted()


def speak(program: Chainstep, language: str) -> None:
    """Choose a language in the View menu."""
    entry(program, speech(language).own_name).trigger()
    settle()


def show_experiment(program: Chainstep, folder: Path, experiment: Experiment) -> None:
    """Bring an experiment into the window as a user does: out of a file."""
    path = folder / "experiment.json"
    save(experiment, path)
    assert drop(program, path)


def enter(program: Chainstep, name: str, text: str, *, end: str = "Return") -> None:
    """Click into a field, type over all that is in it, and finish (with Enter)."""
    target = field(program, name)
    program.parts.experiment.ensureWidgetVisible(target)
    settle()
    click(target)
    press(program, "Ctrl+A")
    if text:
        write(program, text)
    else:
        press(program, "Delete")
    if end:
        press(program, end)


def choose(program: Chainstep, name: str, row: int) -> None:
    """Open a choice by the mouse, and take a row of it by the keyboard."""
    combo = program.window.findChild(QComboBox, name)
    assert combo is not None
    program.parts.experiment.ensureWidgetVisible(combo)
    settle()
    click(combo)
    view = combo.view()
    QTest.qWait(1)
    where = view.visualRect(combo.model().index(row, 0)).center()
    QTest.mouseMove(view.viewport(), where)
    # A popup that has just opened takes a release for the end of the press that opened it.
    QTest.keyClick(view, Qt.Key.Key_Home)
    for _ in range(row):
        QTest.keyClick(view, Qt.Key.Key_Down)
    QTest.keyClick(view, Qt.Key.Key_Return)
    settle()


def complaint(program: Chainstep, name: str) -> str:
    """Return the sentence that can be seen under the fields of a name, if there is one."""
    label = program.window.findChild(QLabel, f"problem {name}")
    assert label is not None
    return label.text() if label.isVisible() else ""


def place(program: Chainstep) -> str:
    """Return "Epoch 1 of 240 · …" as it stands over the timeline."""
    return program.window.timeline._title.text()


def numbers_in_place(program: Chainstep) -> tuple[int, int, int]:
    """Return epoch, sample and step as they stand over the timeline (in English)."""
    # Where there is little room, "of 240" and "of 2" are not there.
    found = re.search(r"Epoch (\d+) .*sample (\d+) .*step (\d+)", place(program))
    assert found is not None, place(program)
    epoch, sample, step = map(int, found.groups())
    return epoch, sample, step


def formula(program: Chainstep) -> str:
    """Return what stands under the chain, without its colours."""
    return program.window.formula.sentence


def answers(program: Chainstep) -> list[str]:
    """Return the predictions as they are shown."""
    labels = program.parts.experiment.findChildren(QLabel)
    return [
        text
        for text in (label.text() for label in labels)
        if re.match(r"(e|a[₁-₉].*) = |output ", text)
    ]


def truth(program: Chainstep) -> str:
    """Return what the status line says about the run."""
    label = program.window.findChild(QLabel, "truth")
    assert label is not None
    return label.text()


def notice(program: Chainstep) -> str:
    """Return what else the status line has to say."""
    label = program.window.findChild(QLabel, "notice")
    assert label is not None
    return label.text() if label.isVisible() else ""


def slider(program: Chainstep) -> QSlider:
    """Return the slider over the whole run."""
    found = program.window.findChild(QSlider, "run slider")
    assert found is not None
    return found


def cells(program: Chainstep) -> QWidget:
    """Return the strip of steps."""
    found = program.window.findChild(QWidget, "cells")
    assert found is not None
    return found


def box_at(program: Chainstep, symbol: str) -> QPoint:
    """Return where the box of a symbol (x, w₂, ∂L/∂e) stands in the chain on screen."""
    chain = program.window.chain
    box = next(b for b in picture(chain).boxes if b.symbol == symbol)
    return QPoint(round(box.x * chain._scale - chain._offset), round(box.y * chain._scale))


def picture(chain: ChainView):  # type: ignore[no-untyped-def] # noqa: ANN201
    """Return what the chain paints."""
    assert chain._picture is not None
    return chain._picture


def shown_numbers(program: Chainstep) -> dict[str, str]:
    """Return the number that stands in each box of the chain."""
    return {box.symbol: box.number for box in picture(program.window.chain).boxes}


def image(widget: QWidget) -> QImage:
    """Return what a widget shows."""
    settle()
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def menus(program: Chainstep) -> list[QMenu]:
    """Return all menus of the window."""
    return [menu for menu, _ in program.parts.menus._menus]


def entry(program: Chainstep, text: str) -> QAction:
    """Return the menu entry of a text."""
    return _found(program, text)[1]


def take(program: Chainstep, text: str) -> None:
    """Take an entry out of a menu by the mouse."""
    menu, action = _found(program, text)
    menu.popup(program.window.mapToGlobal(QPoint(100, 100)))
    settle()
    QTest.mouseClick(menu, LEFT, NONE, menu.actionGeometry(action).center())
    menu.hide()
    settle()


def _found(program: Chainstep, text: str) -> tuple[QMenu, QAction]:
    for menu in menus(program):
        for action in menu.actions():
            if action.text().split("\t")[0] == text:
                return menu, action
    raise AssertionError(f"no menu has {text!r}")


def texts(program: Chainstep) -> dict[str, str]:
    """Return every text of the window: labels, buttons, choices, actions, menus, tool tips."""
    found: dict[str, str] = {"title": program.window.windowTitle()}
    parts = (program.window.menuBar(), program.window.centralWidget(), program.window.statusBar())
    docks = (program.window.experiment_dock, program.window.plots_dock)
    within = [dock.widget() for dock in docks] + [dock.titleBarWidget() for dock in docks]
    roots = [part for part in (*parts, *within, program.parts.bar.transport.parentWidget()) if part]
    widgets = [widget for root in roots for widget in (root, *root.findChildren(QWidget))]
    for number, widget in enumerate(widgets):
        if widget.objectName().startswith("qt_"):
            continue  # a part of Qt's own, which nobody sees
        name = f"{number} {type(widget).__name__} {widget.objectName()}"
        if isinstance(widget, QLabel | QToolButton):
            found[f"{name} text"] = widget.text()
        if isinstance(widget, QComboBox):
            for row in range(widget.count()):
                found[f"{name} row {row}"] = widget.itemText(row)
        found[f"{name} tool tip"] = widget.toolTip()
        found[f"{name} name"], found[f"{name} description"] = told(widget)
    for number, action in enumerate(all_actions(program)):
        found[f"action {number} text"] = action.text()
        found[f"action {number} tool tip"] = action.toolTip()
    for number, menu in enumerate(menus(program)):
        found[f"menu {number}"] = menu.title()
    return found


def wait_for(condition: Callable[[], bool], milliseconds: int = 5000) -> None:
    """Wait until something can be seen."""
    clock = QElapsedTimer()
    clock.start()
    while not condition():
        assert clock.elapsed() < milliseconds, "it did not happen in time"
        QTest.qWait(5)


def all_actions(program: Chainstep) -> list[QAction]:
    """Return what stands in the menus."""
    return [action for menu in menus(program) for action in menu.actions()]
