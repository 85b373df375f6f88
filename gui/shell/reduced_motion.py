"""Whether the system asks for reduced motion. Qt itself tells so on Windows alone."""

import sys

from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

_PATIENCE = 200
"""In milliseconds: how long a desktop may take to answer."""


def reduced_motion() -> bool:
    """Tell whether the user switched animations off for the whole system."""
    if sys.platform == "win32":
        return not QApplication.isEffectEnabled(Qt.UIEffect.UI_General)
    if sys.platform == "darwin":
        return bool(QSettings("com.apple", "universalaccess").value("reduceMotion", False, bool))
    return _animations_off()


def _animations_off() -> bool:
    """Ask the desktop portal for GNOME's switch, which the other desktops follow."""
    from PySide6.QtDBus import QDBusConnection, QDBusMessage  # noqa: PLC0415 - not everywhere

    bus = QDBusConnection.sessionBus()
    if not bus.isConnected():
        return False
    question = QDBusMessage.createMethodCall(
        "org.freedesktop.portal.Desktop",
        "/org/freedesktop/portal/desktop",
        "org.freedesktop.portal.Settings",
        "ReadOne",
    )
    question.setArguments(["org.gnome.desktop.interface", "enable-animations"])
    answer = bus.call(question, timeout=_PATIENCE)
    return answer.arguments() == [False]
