"""What the signs of the gradient check mean, in aligned rows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from gui.theme import Theme
from gui.widgets.labels import heading
from gui.widgets.memo import Memo


class Legend(QWidget):
    """Rows of a sign, the errors it stands for, and its meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("check legend")
        self._shown = Memo[tuple[object, ...]]()
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setVerticalSpacing(1)
        self._grid.setColumnStretch(2, 1)

    def present(self, theme: Theme, rows: tuple[tuple[str, str, str], ...]) -> None:
        """Show the rows."""
        if not self._shown.renew((theme, rows)):
            return
        self._grid.setContentsMargins(theme.size(6), 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.size(10))
        texts = [text for row in rows for text in row]
        while len(self._labels) < len(texts):
            label, (row, column) = heading("muted"), divmod(len(self._labels), 3)
            label.setWordWrap(column == 2)  # noqa: PLR2004 - the meaning
            self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
            self._labels.append(label)
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)
