"""The findings: a title and its sentence each."""

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.panels.diagnosis.picture import Remark
from gui.theme import Theme, text_font
from gui.widgets.labels import heading

_MAIN, _OTHER = 16, 13
"""In pixels: the title of what became of the run, and of each other finding."""


def sentence_label() -> QLabel:
    """Return a label for a sentence that takes as many lines as it needs."""
    label = heading("")
    label.setWordWrap(True)
    return label


def dress(label: QLabel, font: QFont) -> None:
    """Give a label a font; the same one again would cost a new layout."""
    if label.font() != font:
        label.setFont(font)


class RemarkLabels(QWidget):
    """One finding; the main one is larger."""

    def __init__(self, *, main: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixels = _MAIN if main else _OTHER
        self._title, self._text = sentence_label(), sentence_label()
        if main:
            self._title.setObjectName("main finding")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._title)
        column.addWidget(self._text)

    def present(self, remark: Remark, theme: Theme) -> None:
        """Show a finding."""
        dress(self._title, text_font(theme.size(self._pixels), bold=True))
        self._title.setText(remark.title)
        self._text.setText(remark.text)


class Remarks(QWidget):
    """All findings of a run, the most important first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._main = RemarkLabels(main=True)
        self._others: list[RemarkLabels] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._column.addWidget(self._main)

    def present(self, main: Remark, others: tuple[Remark, ...], theme: Theme) -> None:
        """Show the findings."""
        self._main.present(main, theme)
        while len(self._others) < len(others):
            self._others.append(RemarkLabels(main=False))
            self._column.addWidget(self._others[-1])
        for labels in self._others[len(others) :]:
            labels.hide()
        for labels, remark in zip(self._others, others, strict=False):
            labels.present(remark, theme)
            labels.show()
