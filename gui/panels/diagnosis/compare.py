"""The present run beside one that was kept."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.language import Say
from gui.panels.diagnosis.picture.comparison import ComparisonPicture, Pair
from gui.panels.diagnosis.remarks import sentence_label
from gui.theme import Theme
from gui.widgets.button import Button
from gui.widgets.labels import heading
from gui.widgets.memo import Memo


class CompareSection(QWidget):
    """Keeps and drops a run, and shows what differs; `kept` and `dropped` tell the wishes."""

    kept = Signal()
    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Memo[tuple[object, ...]]()
        self._heading, self._note = heading(), sentence_label()
        self._keep, self._drop = Button(), Button()
        self._keep.setObjectName("keep run")
        self._drop.setObjectName("drop run")
        self._keep.clicked.connect(self.kept)
        self._drop.clicked.connect(self.dropped)
        self._table = PairTable()
        buttons = QHBoxLayout()
        buttons.addWidget(self._keep)
        buttons.addWidget(self._drop)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._heading)
        column.addLayout(buttons)
        column.addWidget(self._note)
        column.addWidget(self._table)

    def present(self, picture: ComparisonPicture, say: Say, theme: Theme) -> None:
        """Show the comparison."""
        if not self._shown.renew((picture, say, theme)):
            return
        self._heading.setText(say("Comparison"))
        keep = say("Keep this run") if picture.can_keep else say("This run is kept")
        hint = say("Keep this run, to compare others with it")
        if not picture.can_keep:
            hint = say("This run is the one that is kept")
        self._keep.present(theme, keep, hint)
        self._keep.allow(picture.can_keep)
        self._drop.present(theme, say("Stop comparing"), say("Forget the run that was kept"))
        self._drop.setVisible(picture.can_drop)
        self._note.setText(picture.note)
        self._note.setVisible(bool(picture.note))
        self._table.present(picture, say)


class PairTable(QWidget):
    """Rows of a name and two values; as many labels as were ever needed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(3)
        for column, share in enumerate((5, 4, 4)):
            self._grid.setColumnStretch(column, share)
        self._rows: list[tuple[QLabel, QLabel, QLabel]] = []

    def present(self, picture: ComparisonPicture, say: Say) -> None:
        """Show all rows of a comparison."""
        rows = list(_rows(picture, say)) if picture.results else []
        while len(self._rows) < len(rows):
            self._rows.append(self._row(len(self._rows)))
        for labels in self._rows[len(rows) :]:
            for label in labels:
                label.hide()
        for labels, (role, pair) in zip(self._rows, rows, strict=False):
            for label, text in zip(labels, (pair.name, pair.kept, pair.now), strict=True):
                if label.property("role") != role:
                    label.setProperty("role", role)
                    label.style().polish(label)
                    label.updateGeometry()
                label.setText(text)
                label.setToolTip(pair.hint)
                label.show()
        self.setVisible(bool(rows))

    def _row(self, row: int) -> tuple[QLabel, QLabel, QLabel]:
        top = Qt.AlignmentFlag.AlignTop
        labels = (sentence_label(), sentence_label(), sentence_label())
        for column, label in enumerate(labels):
            side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
            label.setAlignment(side | top)
            self._grid.addWidget(label, row, column)
        return labels


def _rows(picture: ComparisonPicture, say: Say) -> list[tuple[str, Pair]]:
    """Return the rows with the role of their labels: a head, then differences and results."""
    head = Pair(say("What differs"), say("kept"), say("now"))
    second = Pair(say("Results"), "", "")
    outcome = Pair(say("Outcome"), picture.kept, picture.now)
    return [
        ("heading", head),
        *(("", pair) for pair in picture.differences),
        ("heading", second),
        ("", outcome),
        *(("", pair) for pair in picture.results),
    ]
