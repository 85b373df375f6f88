"""Where a user's settings are kept from one start to the next."""

import os
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths


class Unkept:
    """Stands for `QSettings` where nothing is to be kept: QSettings itself always writes a file."""

    def __init__(self) -> None:
        self._values: dict[str, object] = {}

    def value(self, key: str, default: object = None) -> object:
        """Return what was set."""
        return self._values.get(key, default)

    def setValue(self, key: str, value: object) -> None:
        """Set a value until the end of the program."""
        self._values[key] = value

    def remove(self, key: str) -> None:
        """Forget it before."""
        self._values.pop(key, None)

    def fileName(self) -> str:
        """There is no file."""
        return ""

    def sync(self) -> None:
        """There is nothing to be written."""


class SavedValues:
    """Reads and writes values of this user; one that can't be read counts as none."""

    def __init__(self, values: QSettings | Unkept | None = None) -> None:
        self.values = values or QSettings("Chainstep", "Chainstep")
        self._known: dict[str, object] = {}

    def bytes(self, key: str) -> QByteArray:
        """Return a remembered arrangement, empty where there is none."""
        value = self.values.value(key)
        found = self._known[key] = value if isinstance(value, QByteArray) else QByteArray()
        return found

    def remember_bytes(self, key: str, value: QByteArray) -> None:
        """Keep an arrangement, unless it is known: another window may have kept its own since."""
        self._remember(key, value)

    def text(self, key: str) -> str:
        """Return a remembered text, empty where there is none."""
        value = self.values.value(key, "")
        found = self._known[key] = value if isinstance(value, str) else ""
        return found

    def remember_text(self, key: str, value: str) -> None:
        """Keep a text, unless it is known."""
        self._remember(key, value)

    def _remember(self, key: str, value: object) -> None:
        if key not in self._known or self._known[key] != value:
            self._known[key] = value
            self.values.setValue(key, value)

    @property
    def path(self) -> Path:
        """The file of the settings, where they are in one."""
        return Path(self.values.fileName())

    @property
    def sessions(self) -> Path:
        """The folder for what is open: the system's for such things.

        Whoever keeps several sets of settings apart by XDG_CONFIG_HOME alone has them apart, too.
        """
        if os.environ.get("XDG_CONFIG_HOME") and not os.environ.get("XDG_STATE_HOME"):
            return self.path.parent / "state"
        place = QStandardPaths.StandardLocation.GenericStateLocation
        return Path(QStandardPaths.writableLocation(place)) / "chainstep"

    def forget(self, key: str) -> None:
        """Keep nothing under this key any more."""
        self._known.pop(key, None)
        self.values.remove(key)

    def sync(self) -> None:
        """Write now what is to be kept, and take over what other windows wrote."""
        self.values.sync()
