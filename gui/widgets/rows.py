"""Forms that scroll: always as wide as their fields, and rows with a scroll bar of their own."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget

_MOST = 8.5
"""The number of rows seen at once; the half one shows that there are more."""

_BESIDE = 4
"""In pixels: between rows and their scroll bar."""


class Form(QScrollArea):
    """Holds fields, scrolls up and down, and is never narrower than the fields."""

    def __init__(self, fields: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._inside.setLayout(fields)
        self._inside.installEventFilter(self)
        self.setWidget(self._inside)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit again whenever a field asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit to changes of the fields while they were hidden: Qt does not report those."""
        super().showEvent(event)
        self.fit()

    def fit(self) -> None:
        """Take the width that the fields need."""
        self.setMinimumWidth(self._inside.minimumSizeHint().width() + self._bar())

    def _bar(self) -> int:
        return self.verticalScrollBar().sizeHint().width()


class Rows(Form):
    """Holds a grid of rows; as high as they are, but not higher than a few of them.

    `keeps_width` is for rows with a button: it stays where it is when the scroll bar goes.
    """

    def __init__(
        self, grid: QGridLayout, parent: QWidget | None = None, *, keeps_width: bool = False
    ) -> None:
        super().__init__(grid, parent)
        self._grid, self._count, self._keeps_width = grid, 0, keeps_width
        grid.setContentsMargins(0, 0, 0, 0)

    def hold(self, count: int) -> None:
        """Take notice of how many rows there are.

        To count them in the grid is not safe while some are taken out of it: PySide6 6.10 keeps
        a QLayoutItem of `itemAtPosition` alive beyond its layout's, and crashes.
        """
        self._count = count

    def _many(self) -> bool:
        return self._count > _MOST

    def _bar(self) -> int:
        return super()._bar() + _BESIDE if self._many() or self._keeps_width else 0

    def fit(self) -> None:
        """Take the width and the height that the rows need."""
        super().fit()
        height = self._inside.minimumSizeHint().height()
        shown = round(height * _MOST / self._count) if self._many() else height
        if self.minimumHeight() != shown or self.maximumHeight() != shown:
            self.setFixedHeight(shown)
        right = _BESIDE if self._many() else self._bar()
        self._grid.setContentsMargins(0, 0, right, 0)

    def show_last(self) -> None:
        """Scroll to the last row, when it has its place."""
        bar = self.verticalScrollBar()
        QTimer.singleShot(0, bar, lambda: bar.setValue(bar.maximum()))

    def sizeHint(self) -> QSize:
        """Return the size of the rows that are seen."""
        return QSize(self.minimumWidth(), self.maximumHeight())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel where everything is seen anyway."""
        if self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()
