"""The program, used at random from within; `window` starts it on a display of its own.

Tells on stdout what it does next whenever the last one is done, and at the end how it went.
"""

import faulthandler
import json
import random
import sys
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QWidget

from gui.errors.faults import faults
from gui.shell.application import bare_application, set_background
from gui.shell.saved_values import SavedValues
from gui.shell.start import Opening
from tests.stress.hand import HELD, LEFT, RIGHT, Hand
from tests.stress.teaching import Class

KEYS = [
    *("Space", "Left", "Right", "Up", "Down", "Home", "End", "PgUp", "PgDown", "Tab", "Shift+Tab"),
    *(
        "Return",
        "Escape",
        "Delete",
        "Backspace",
        "F1",
        "+",
        "-",
        "0",
        ".",
        ",",
        "Alt+Up",
        "Alt+Down",
    ),
    *(f"{held}+{key}" for held in ("Shift", "Ctrl", "Alt") for key in ("Left", "Right")),
    *(f"Ctrl+{key}" for key in (*"ACDGTVXYZ", *"01234567", "+", "-", "PgDown", "PgUp")),
    *("F3", "F6", "Shift+F6", "Alt+Shift+Up", "[", "]"),
]
TEXTS = ["0.5", "-1", "1e-3", "3", "40", "0", "-", "1e308", "5e-324", "nan", "1,5", "一", "64", ""]
_LOOKS = 10
"""After so many events it is looked whether all parts tell of the same moment."""
_SLOWEST = 12
"""So many of the slowest answers are told."""


class Pulse(QObject):
    """Asks the window's thread every few milliseconds whether it answers, and for how long not.

    `slowest` has for the slowest answers: after how many seconds, how many of them the thread
    itself worked (which tells a slow deed from a busy machine), and what was done.
    """

    asked = Signal(float, float)

    def __init__(self, doing: Callable[[], str]) -> None:
        super().__init__()
        self.slowest: list[tuple[float, float, str]] = []
        self._clock = time.pthread_getcpuclockid(threading.main_thread().ident or 0)
        self._doing, self._free = doing, threading.Event()
        self._free.set()
        self.asked.connect(self._answer, Qt.ConnectionType.QueuedConnection)
        threading.Thread(target=self._ask, daemon=True).start()

    def _ask(self) -> None:
        while True:
            self._free.wait()
            self._free.clear()
            time.sleep(0.005)
            self.asked.emit(time.perf_counter(), time.clock_gettime(self._clock))

    def _answer(self, since: float, cpu: float) -> None:
        if not isinstance(QApplication.activeModalWidget(), QFileDialog):
            waited, worked = time.perf_counter() - since, time.clock_gettime(self._clock) - cpu
            slowest = [*self.slowest, (waited, worked, self._doing())]
            self.slowest = sorted(slowest, reverse=True)[:_SLOWEST]
        self._free.set()


class Clicker(QObject):
    """Does one thing after the other, whatever dialog or menu is open."""

    def __init__(self, opening: Opening, seed: int, events: int) -> None:
        super().__init__()
        self._opening, self._left, self._done = opening, events, 0
        self._draw = random.Random(seed)
        self._doing, self._under_way = "starting", 0
        self._deeds = [self._key] * 8 + [self._click] * 5 + [self._action] * 2
        self._deeds += [self._drag, self._wheel, self._write, self._resize, self._point]
        self._hand = Hand(opening._window)
        self._class = Class(self._hand, self._draw, self._tell)
        self._deeds += self._class.deeds
        self._pulse = Pulse(lambda: self._doing)
        QTimer.singleShot(2000, self, self._begin)

    def _begin(self) -> None:
        # How fast it starts is measured elsewhere.
        self._pulse.slowest.clear()
        self._class.program = self._opening._program
        self._next()

    def _next(self) -> None:
        if not self._left or not self._opening._window.isVisible():
            self._opening.stop(0)
            return
        self._left -= 1
        self._done += 1
        number = self._done
        # A deed may open a dialog, which has to be used as well before the deed is done.
        QTimer.singleShot(100, self, lambda: self._next() if number == self._under_way else None)
        self._under_way = number
        window = self._hand.open()
        if isinstance(window, QFileDialog) and self._draw.random() < 1 / 8:
            window.reject()  # there is more to see
        self._draw.choice(self._deeds)(window)
        if self._under_way == number:
            self._under_way = 0
            QTimer.singleShot(0, self, self._settled)

    def _settled(self) -> None:
        """Look now and then, when the loop has gone round once, and go on."""
        if self._done % _LOOKS == 0:
            self._class.compare()
        QTimer.singleShot(0, self, self._next)

    def tell(self) -> None:
        """Print how it went."""
        found = {
            "events": self._done,
            "slowest": [
                (round(1000 * waited), round(1000 * worked), what)
                for waited, worked, what in self._pulse.slowest
            ],
            "faults": [*(fault.details for fault in faults.noted), *self._class.behind],
        }
        print(json.dumps(found), flush=True)

    def _tell(self, what: str) -> None:
        self._doing = f"{self._done}: {what}"
        print(self._doing, flush=True)

    def _widget(self, window: QWidget) -> QWidget:
        """Return any part of a window that can be seen."""
        seen = [w for w in window.findChildren(QWidget) if w.isVisible() and w.isEnabled()]
        return self._draw.choice([window, *seen])

    def _place(self, widget: QWidget) -> QPoint:
        size = widget.size()
        x, y = (
            self._draw.randrange(max(1, size.width())),
            self._draw.randrange(max(1, size.height())),
        )
        return QPoint(x, y)

    def _key(self, _window: QWidget) -> None:
        name = self._draw.choice(KEYS)
        self._tell(f"key {name}")
        self._hand.press(name)

    def _click(self, window: QWidget) -> None:
        if self._draw.random() < 1 / 8:
            window = self._hand.stage(fills=False) or window
        widget = self._widget(window)
        where, button = self._place(widget), self._draw.choice([LEFT] * 6 + [RIGHT])
        self._tell(f"click {_named(widget)} {where.toTuple()} {button.name}")
        if not isinstance(window, QMenu) or not _ends(window.actionAt(where)):
            QTest.mouseClick(widget, button, self._draw.choice(HELD), where)

    def _point(self, window: QWidget) -> None:
        widget = self._widget(window)
        self._tell(f"point {_named(widget)}")
        QTest.mouseMove(widget, self._place(widget))

    def _drag(self, window: QWidget) -> None:
        widget = self._widget(window)
        places = [self._place(widget) for _ in range(self._draw.randrange(3, 6))]
        self._tell(f"drag {_named(widget)}")
        self._hand.drag(widget, *places, leave=self._draw.random() < 1 / 8)

    def _wheel(self, window: QWidget) -> None:
        widget = self._widget(window)
        where, turns = self._place(widget), self._draw.choice([-960, -120, 120, 960])
        self._tell(f"wheel {_named(widget)} {turns}")
        self._hand.wheel(widget, where, turns, self._draw.choice(HELD))

    def _write(self, _window: QWidget) -> None:
        text = self._draw.choice(TEXTS)
        self._tell(f"write {text!r}")
        self._hand.write(text)

    def _resize(self, _window: QWidget) -> None:
        width, height = self._draw.randrange(600, 2000), self._draw.randrange(400, 1200)
        self._tell(f"resize {width} × {height}")
        self._opening._window.resize(width, height)

    def _action(self, window: QWidget) -> None:
        actions = _offered(window)
        if actions:
            action = self._draw.choice(actions)
            self._tell(f"action {action.objectName() or action.text()}")
            action.trigger()


def _named(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()}".strip()


def _offered(window: QWidget) -> list[QAction]:
    """Return all that the menus of a window offer, but what ends the program."""
    menus = [window] if isinstance(window, QMenu) else window.findChildren(QMenu)
    return [
        action
        for menu in menus
        for action in menu.actions()
        if action.isEnabled() and not action.isSeparator() and not _ends(action)
    ]


def _ends(action: QAction | None) -> bool:
    """Whether an action closes the window, or leaves the program for another one."""
    if action is None:
        return False
    keys = action.shortcut().toString()
    return keys in ("Ctrl+Q", "Ctrl+W") or action.menuRole() is QAction.MenuRole.QuitRole


def main() -> None:
    """Start the program as a user does, and use it."""
    faulthandler.enable()  # a crash says where
    seed, events = map(int, sys.argv[1:3])
    app = bare_application()
    values = SavedValues()
    set_background(app, values.text("look/theme"))
    opening = Opening(app, None, None)
    with opening.stopping.listening():
        opening.show(values)
        clicker = Clicker(opening, seed, events)
        app.exec()
        opening.close()
        clicker.tell()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
