"""What every panel on the right is: a widget that shows a state."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.state import State


class Panel(QWidget):
    """A panel: `present` draws all it shows, whatever came before.

    `wished` carries an `Intent`, whatever the user wants.
    """

    wished = Signal(object)

    @property
    def done(self) -> bool:
        """Whether all that is to be seen is there; what takes long may come later."""
        return True

    def present(self, state: State) -> None:
        """Show the state."""
        raise NotImplementedError
