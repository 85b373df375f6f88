"""Where a user's settings are kept from one start to the next."""

from PySide6.QtCore import QByteArray, QSettings


class Store:
    """Reads and writes values of this user; one that can't be read counts as none."""

    def __init__(self, values: QSettings | None = None) -> None:
        self.values = values or QSettings("Chainstep", "Chainstep")

    def bytes(self, key: str) -> QByteArray:
        """Return a remembered arrangement, empty where there is none."""
        value = self.values.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def remember_bytes(self, key: str, value: QByteArray) -> None:
        """Keep an arrangement."""
        self.values.setValue(key, value)

    def text(self, key: str) -> str:
        """Return a remembered text, empty where there is none."""
        value = self.values.value(key, "")
        return value if isinstance(value, str) else ""

    def remember_text(self, key: str, value: str) -> None:
        """Keep a text."""
        self.values.setValue(key, value)
