"""What is wrong with the fields of the editor, in a place of its own below them."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget


class Messages(QWidget):
    """Holds the labels of all faults; as high as those that are to be seen."""

    def __init__(self, labels: Iterable[QLabel], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("messages")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._labels = tuple(labels)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 6, 8, 8)
        self._column.setSpacing(4)
        for label in self._labels:
            policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            label.setSizePolicy(policy)
            self._column.addWidget(label)

    def height_for(self, width: int) -> int:
        """Return the height that the messages need in this width: 0 without any."""
        if all(label.isHidden() for label in self._labels):
            return 0
        self._column.invalidate()
        return self._column.totalHeightForWidth(width)
