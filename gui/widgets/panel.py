"""What every panel on the right is: a widget that shows a state."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from gui.state import State
from gui.widgets.focus import after, bring_into_view, takes_focus


class Panel(QWidget):
    """A panel: `present` draws all it shows, whatever came before.

    `wished` carries an `Intent`, whatever the user wants.
    """

    wished = Signal(object)

    @property
    def done(self) -> bool:
        """Whether all that is to be seen is there; what takes long may come later."""
        return True

    @property
    def main(self) -> QWidget | None:
        """What the keys are for in this panel; None is what Tab comes to first."""
        return None

    def enter(self) -> None:
        """Take the focus."""
        inside = (widget for widget in after(self) if self.isAncestorOf(widget))
        main = self.main if self.main and takes_focus(self.main) else next(inside, None)
        if main is not None:
            main.setFocus(Qt.FocusReason.TabFocusReason)
            bring_into_view(main)

    def present(self, state: State) -> None:
        """Show the state."""
        raise NotImplementedError
