"""What the panel of the map is made of, and how that is arranged."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.words import Say
from gui.panels.map.axis_choices import AxisChoices
from gui.panels.map.canvas import Canvas
from gui.panels.map.legend import MapLegend
from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.flow import Flow
from gui.widgets.labels import heading
from gui.widgets.reading import Reading

_LINES = 3
"""The number of lines of the reading: it must not change its size under the pointer."""


class MapParts(Reading):
    """A note, the two axes to choose, the map, what is pointed at, the legend, and the buttons."""

    def __init__(self) -> None:
        inside = QWidget()
        super().__init__(inside)
        self.note, self.reading = heading("muted"), heading("")
        for label in (self.note, self.reading):
            label.setWordWrap(True)
        self.reading.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.choices, self.canvas, self.legend = AxisChoices(), Canvas(), MapLegend()
        self.buttons = {name: Button() for name in ("in", "out", "whole", "save")}
        self.buttons["in"].clicked.connect(lambda: self.canvas.zoom(0.5))
        self.buttons["out"].clicked.connect(lambda: self.canvas.zoom(2.0))
        buttons = Flow()
        for button in self.buttons.values():
            buttons.addWidget(button)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(14, 10, 14, 12)
        rows.setSpacing(8)
        rows.addWidget(self.note)
        rows.addWidget(self.choices)
        rows.addWidget(self.canvas, 1)
        rows.addWidget(self.reading)
        rows.addWidget(self.legend)
        rows.addLayout(buttons)

    def speak(self, theme: Theme, say: Say) -> None:
        """Write what is always the same, in the language of `say`."""
        self.present(theme, say("Trainability map"))
        self.canvas.setAccessibleName(say("Trainability map"))
        self.note.setText(
            say(
                "Each pixel is one complete training with two quantities changed. Ring: this"
                " experiment."
            )
        )
        self.buttons["in"].present(theme, say("Zoom in"), say("Zoom in (+)"))
        self.buttons["out"].present(theme, say("Zoom out"), say("Zoom out (−)"))
        self.buttons["whole"].present(theme, say("Fit"), say("Back to the whole map"))
        lines = _LINES + (theme.zoom > 1.0)
        self.reading.setFixedHeight(lines * self.reading.fontMetrics().lineSpacing())
