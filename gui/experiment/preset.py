"""What there is to look for in the preset that is shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from engine.presets import preset_of
from gui.language import Say
from gui.state import State
from gui.theme import Theme
from gui.widgets.labels import heading


class PresetSection(QWidget):
    """Shows the preset's sentence; after an edit it says from what it was changed.

    The sentence may be false of the edited experiment. Only its room stays, so that no field moves
    while the user types.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = heading()
        self._sentence, self._origin = _paragraph("what to look for"), _paragraph("begun from")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.addWidget(self._heading, 0, 0)
        for paragraph in (self._sentence, self._origin):
            self._grid.addWidget(paragraph, 1, 0)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show what belongs to the state's experiment, or nothing."""
        shown = preset_of(state.experiment)
        known = shown or (state.saved and preset_of(state.saved))
        self._grid.setSpacing(theme.size(5))
        self.setVisible(known is not None)
        self._sentence.setVisible(shown is not None)
        self._origin.setVisible(shown is None)
        self._heading.setText(say("What to look for") if shown else say("Your own experiment"))
        self._sentence.setText(say(known.sentence) if known else "")
        origin = say("Started from “{title}”.").format(title=say(known.title)) if known else ""
        self._origin.setText(origin)


def _paragraph(name: str) -> QLabel:
    """Return a label that wraps, as high as it needs to be in any width, also while hidden."""
    label = heading("muted")
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    policy.setRetainSizeWhenHidden(True)
    label.setSizePolicy(policy)
    return label
