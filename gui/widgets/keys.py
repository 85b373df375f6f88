"""Keys of single parts of the window: what they act on, and what the list of all keys shows."""

from typing import NamedTuple

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_SHIFTED = (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Equal, Qt.Key.Key_0)
"""On some keyboards these need Shift, on others not."""

_SHIFT, _KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


class Use(NamedTuple):
    """Keys that do the same thing, and what that is, in English; `name` is for the program.

    `unlisted` keys do it as well, but need not be told: = is + without Shift.
    """

    name: str
    keys: tuple[str, ...]
    text: str
    unlisted: tuple[str, ...] = ()


class Keys:
    """The keys of one kind of part; `where` says in English which part that is."""

    def __init__(self, where: str, *uses: Use) -> None:
        self.where, self.uses = where, uses
        self._names = {
            QKeySequence(key).toString(): use.name
            for use in uses
            for key in (*use.keys, *use.unlisted)
        }

    def use(self, event: QKeyEvent) -> str:
        """Return the name of what a key does here, or nothing."""
        key = Qt.Key(event.key())
        ignored = _KEYPAD | _SHIFT if key in _SHIFTED else _KEYPAD
        combination = QKeyCombination(event.modifiers() & ~ignored, key)
        return self._names.get(QKeySequence(combination).toString(), "")
