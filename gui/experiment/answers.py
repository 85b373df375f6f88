"""The outputs of the chain for every sample, with its current weights."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.drawing.ink import Ink
from gui.experiment.picture import PredictionPicture, prediction_pictures, widest_answer
from gui.experiment.section import discard
from gui.language import Say
from gui.state import State
from gui.theme import Theme
from gui.widgets.labels import Elided, heading, tell
from gui.widgets.memo import Memo
from gui.widgets.rows import Rows

_Row = tuple[Elided, Elided, QLabel]

_USUAL_DIGITS = 6
"""There is always room for this many; the end of a longer number may be in the tool tip only."""


class AnswersSection(QWidget):
    """Shows the input, whether the sign of the output is right, and below it the output."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._heading = heading()
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._labels: list[_Row] = []
        self._wide = Memo[tuple[str, list[QFont]]]()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        column.addWidget(self._heading)
        self._rows = Rows(self._grid)
        column.addWidget(self._rows)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the outputs."""
        self._heading.setText(say("Prediction now"))
        pictures = prediction_pictures(state)
        self._match_rows(len(pictures))
        for labels, picture in zip(self._labels, pictures, strict=True):
            _present_row(labels, picture, theme)
        self._keep_width(state)

    def _keep_width(self, state: State) -> None:
        """Have room for answers of any size: the panel must not change its width with them."""
        widest = widest_answer(state, min(state.look.digits, _USUAL_DIGITS))
        fonts = [answer.font() for _, answer, _ in self._labels]
        if not self._wide.renew((widest, fonts)):
            return
        for _, answer, _ in self._labels:
            answer.setMinimumWidth(answer.fontMetrics().horizontalAdvance(widest))

    def _match_rows(self, count: int) -> None:
        while len(self._labels) < count:
            labels = (Elided(""), Elided("muted"), QLabel())
            question, answer, verdict = labels
            row = 2 * len(self._labels)
            self._grid.addWidget(question, row, 0)
            self._grid.addWidget(verdict, row, 1)
            self._grid.addWidget(answer, row + 1, 0, 1, 2)
            self._labels.append(labels)
        while len(self._labels) > count:
            for label in self._labels.pop():
                discard(label)
        self._rows.hold(count)


def _present_row(labels: _Row, picture: PredictionPicture, theme: Theme) -> None:
    question, answer, verdict = labels
    question.setText(picture.question)
    answer.setText(picture.answer)
    for label in (question, answer):
        label.hint = picture.hint
        # What is scrolled out of sight is not painted, but read aloud all the same.
        tell(label, picture.hint)
    tell(verdict, picture.why)
    if picture.right is None:
        verdict.clear()
        return
    colour = theme.inks[Ink.UPDATE].text if picture.right else theme.problem
    verdict.setText(f'<b style="color:{colour}">{"✓" if picture.right else "✗"}</b>')
