"""What the keys that move something over a picture have in common: a ring, a cross-hair."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from shiboken6 import isValid

WAYS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
)
"""How far to the right and down each way goes."""

FOR_A_MOMENT = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
"""The focus goes, or comes back, for these: what the keys moved is to be as it was."""

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


def passed_on(
    host: QObject,
    event: QEvent,
    follow_focus: Callable[[QFocusEvent], None],
    take_key: Callable[[QKeyEvent], bool],
) -> bool:
    """Pass on the focus of the `host`, and its keys, each first as a question who takes it.

    Return whether a key was taken, and goes no further.
    """
    if not isValid(host):
        return False  # it loses the focus while it is taken down
    if isinstance(event, QFocusEvent):
        follow_focus(event)
    elif isinstance(event, QKeyEvent) and event.type() in _KEYS:
        return take_key(event)
    return False
