"""A field for one number, typed as people type numbers."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from engine.exact import bits
from engine.user_error import UserError
from engine.words import Say, mark
from gui.language.numbers import exact, given, parsed
from gui.widgets.focus import bring_into_view, next_of
from gui.widgets.keys import Keys, Use
from gui.widgets.scrub import nudged

_LONGEST = 10
"""In characters: a longer number is shown rounded while it is not edited."""


_PATIENCE = 800
"""In milliseconds: the time after the last edit until the keys of the window work again."""

_WINDOWS_KEYS = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Space,
)
"""With these the window steps and plays, with or without Shift and Ctrl."""

FIELD = Keys(
    mark("While a number is typed"),
    Use("next", ("Return",), mark("Take the number, and go on to the next one"), ("Enter",)),
    Use("back", ("Esc",), mark("Take a wrong text back")),
    Use("up", ("Up",), mark("Count a whole number up")),
    Use("down", ("Down",), mark("Count a whole number down")),
    Use("far up", ("PgUp",), mark("Count it up by 10")),
    Use("far down", ("PgDown",), mark("Count it down by 10")),
    Use("beyond the end", ("Right",), mark("At the end of the number: step again")),
    Use("beyond the start", ("Left",), mark("At its start: step back again")),
)

_STEPS = {"up": 1, "down": -1, "far up": 10, "far down": -10}


class NumberField(QLineEdit):
    """Sends every number while it is typed; other texts are refused with a `UserError`.

    The text stays as it was typed, also when it can't be accepted. `bounds` are the least and the
    largest of whole numbers, through which ↑, ↓ and the wheel go one by one.

    The field has the keys while the user types, and gives them back to the window with → at the
    end of the text and ← at its start, and a moment after an edit: then it *rests* until the next
    key that edits. Enter goes on to the next field of the panel, which rests; the last one keeps
    the focus and rests. A field with a wrong text keeps the keys. `holding` tells whether it has
    them. `nudges` is "any" or "positive" where Alt and the arrows change the number.
    """

    typed = Signal(object)
    refused = Signal(object)
    settled = Signal()
    holding = Signal(bool)

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        whole: bool = False,
        bounds: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAcceptDrops(False)  # a file that is dropped here is the window's
        self._value: float | None = None
        self._valid: float | None = None
        self._digits, self._say = 5, Say()
        self._whole = whole
        self.nudges = ""
        self._faulty = False
        self._bounds = bounds
        self._rests = self._offered = False
        self._left_alone = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._left_alone.timeout.connect(self._rest)
        self.textEdited.connect(self._read)
        self.editingFinished.connect(self.settled)

    def present(self, value: float, digits: int, say: Say, *, faulty: bool = False) -> None:
        """Show `value`; leave the text alone where it says the same, or where it is at fault."""
        self._valid = value
        other = say.decimal_sign != self._say.decimal_sign
        self._say = say
        self.present_fault(faulty=faulty)
        if faulty:
            self._faulty = True
            return
        if self._faulty or not self._holds(value) or digits != self._digits or other:
            self._faulty, self._value, self._digits = False, value, digits
            self._write()

    def _holds(self, value: float) -> bool:
        return self._value is not None and bits([self._value]) == bits([value])

    def present_fault(self, *, faulty: bool) -> None:
        """Mark the field, or take the mark away; the text stays."""
        if faulty != bool(self.property("faulty")):
            self.setProperty("faulty", faulty)
            self.style().polish(self)

    def _write(self) -> None:
        if self._value is None:
            return
        text = exact(self._value, self._say)
        if not self.hasFocus() and len(text) > _LONGEST:
            text = given(self._value, self._digits, self._say)
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)
        self.setToolTip(exact(self._value, self._say))

    def _read(self, text: str) -> None:
        self._wake()
        self._left_alone.start()
        try:
            number = parsed(text, whole=self._whole, sign=self._say.decimal_sign)
        except UserError as fault:
            self.refused.emit(fault)
            return
        self._value, self._faulty = number, False
        self.setToolTip(exact(number, self._say))
        self.typed.emit(number)

    # Who has the keys

    def _rest(self) -> None:
        """Give the keys of the window back to it, unless something is at fault."""
        if self.hasFocus() and not self.property("faulty"):
            self._show_rest(rests=True)

    def _wake(self) -> None:
        self._left_alone.stop()
        self._show_rest(rests=False)

    def _show_rest(self, *, rests: bool) -> None:
        if rests != self._rests:
            self._rests = rests
            self.setProperty("resting", rests)
            self.style().polish(self)
            self.holding.emit(not rests and self.hasFocus())

    def _gives_up(self, event: QKeyEvent) -> bool:
        """Tell whether a key is the window's; an arrow that can't go on leaves the field."""
        key, at, use = event.key(), self.cursorPosition(), FIELD.use(event)
        if self.property("faulty") or key not in _WINDOWS_KEYS:
            return False
        if self._rests:
            return True
        ends = {"beyond the start": 0, "beyond the end": len(self.text())}
        leaves = not self.hasSelectedText() and ends.get(use) == at
        if leaves:
            self._rest()
        return leaves

    def eventFilter(self, _self: QObject, event: QEvent) -> bool:
        """Leave undo and redo to the window: there they cover every edit, not this text alone."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        keys = QKeySequence.StandardKey
        gives = event.matches(keys.Undo) or event.matches(keys.Redo) or self._gives_up(event)
        if gives:
            event.ignore()
        return gives

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Finish with Enter, take a fault back with Escape, step whole numbers by ↑ and ↓."""
        use = FIELD.use(event)
        number = self._nudged(event)
        if number is not None:
            self._take(number)
        elif self._rests and event.key() in _WINDOWS_KEYS:
            event.ignore()
        elif use == "back" and self._faulty and self._valid is not None:
            self._value, self._faulty = self._valid, False
            self._write()
            self.typed.emit(self._valid)
        elif self._bounds and use in _STEPS:
            self._step(_STEPS[use])
        else:
            self._type(event, use)

    def _nudged(self, event: QKeyEvent) -> float | None:
        """Return the number that Alt and an arrow make of this one."""
        if not self.nudges or self._valid is None or self.property("faulty"):
            return None
        return nudged(event, self._valid, positive=self.nudges == "positive")

    def _take(self, number: float) -> None:
        self.setText(exact(number, self._say))
        self.selectAll()
        self._read(self.text())

    def _type(self, event: QKeyEvent, use: str) -> None:
        super().keyPressEvent(event)
        if use != "next":
            return
        self.selectAll()
        if not self.property("faulty"):
            self._go_on()

    def _go_on(self) -> None:
        """Offer the next number of the panel, and the keys to the window."""
        following = next_of(self, lambda widget: isinstance(widget, NumberField))
        if isinstance(following, NumberField):
            following.offer()
        else:
            self._rest()

    def offer(self) -> None:
        """Take the focus and rest: who types replaces the number, other keys are the window's."""
        self._offered = True
        self.setFocus(Qt.FocusReason.TabFocusReason)
        self._offered = False
        bring_into_view(self)

    def _step(self, by: int) -> None:
        """Take the whole number that lies so far above."""
        if self._bounds is None or self.property("faulty") or self._valid is None:
            return
        low, high = self._bounds
        number = min(max(round(self._valid) + by, low), high)
        if number != self._valid:
            self._take(float(number))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step whole numbers in the field that has the focus; else the panel scrolls."""
        notches = event.angleDelta().y()
        if self._bounds and self.hasFocus() and notches:
            self._step(1 if notches > 0 else -1)
            event.accept()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keys again."""
        self._wake()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the number in full while it is edited."""
        super().focusInEvent(event)
        # Only meanwhile: each event comes there, and most are no keys.
        self.installEventFilter(self)
        if not self._faulty and self.isModified() is False:
            self._write()
        self.selectAll()
        if self._offered:
            self._show_rest(rests=True)
        else:
            self.holding.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Shorten a number that is too long to be seen whole."""
        super().focusOutEvent(event)
        self.removeEventFilter(self)
        if not self._faulty and len(self.text()) > _LONGEST:
            self._write()
        self.deselect()
        self._wake()
        if self.window().isVisible():  # else nobody is left to be told
            self.holding.emit(False)
