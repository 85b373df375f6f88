"""The choice of what the two axes of the map are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.language import Say
from gui.panels.map.picture import axis_name
from gui.theme import Theme
from gui.widgets.choice import Choice
from gui.widgets.flow import Flow, beside
from gui.widgets.labels import heading


class AxisChoices(QWidget):
    """Two lists of quantities in a row; `chosen` carries both axes."""

    chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axes = ("", "")
        self._x, self._y = self._choices = Choice(()), Choice(())
        self._labels = heading("muted"), heading("muted")
        self._x.chosen.connect(lambda name: self._choose(name, self._axes[1]))
        self._y.chosen.connect(lambda name: self._choose(self._axes[0], name))
        row = Flow(self, fills=True)
        for label, choice in zip(self._labels, self._choices, strict=True):
            label.setBuddy(choice)
            choice.give_way()
            row.addWidget(beside(label, choice))

    def present(
        self, theme: Theme, say: Say, axes: tuple[str, str], names: tuple[str, ...]
    ) -> None:
        """Show which of the quantities of these names are on the axes."""
        self._axes = axes
        self._x.setAccessibleName(say("horizontal axis"))
        self._y.setAccessibleName(say("vertical axis"))
        for choice, name in zip(self._choices, axes, strict=True):
            if choice.names != names:
                choice.offer(names)
            choice.present(theme, name, [axis_name(other, say) for other in names])
        for label, words in zip(self._labels, (say("horizontal"), say("vertical")), strict=True):
            label.setText(words)

    def _choose(self, x: str, y: str) -> None:
        # What is on the other axis: then the two change places.
        self.chosen.emit(*((x, y) if x != y else self._axes[::-1]))
