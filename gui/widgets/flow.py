"""A row of widgets that goes on in a next row where there is no more room."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

from gui.errors.guard import safe


class Flow(QLayout):
    """Lays its widgets out from left to right, and what does not fit below, from the left again.

    With `fills`, the widgets of a row share what is left of its width. With `ends_right`, the last
    one stands at the right end of its row.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        spacing: int = 6,
        *,
        fills: bool = False,
        ends_right: bool = False,
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._between, self._fills, self._ends_right = spacing, fills, ends_right
        self.setContentsMargins(0, 0, 0, 0)

    @safe(lambda: None)
    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end."""
        self._items.append(item)

    @safe(int)
    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    @safe(lambda: None)
    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or nothing beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    @safe(lambda: None)
    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @safe(lambda: Qt.Orientation(0))
    def expandingDirections(self) -> Qt.Orientation:
        """Take no more room than there is need of."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Tell that the height depends on the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the rows in a width."""
        margins = self.contentsMargins()
        inside = width - margins.left() - margins.right()
        rows = self._rows(inside)
        heights = sum(max(size.height() for _, size in row) for row in rows)
        between = self._between * max(len(rows) - 1, 0)
        return heights + between + margins.top() + margins.bottom()

    @safe(QSize)
    def minimumSize(self) -> QSize:
        """Return the room of the widest widget; below one another they would all have it."""
        return self._size(max((item.minimumSize().width() for item in self._shown()), default=0))

    def sizeHint(self) -> QSize:
        """Return the room of all of them in one row."""
        sizes = [item.sizeHint().width() for item in self._shown()]
        return self._size(sum(sizes) + self._between * max(len(sizes) - 1, 0))

    def _size(self, width: int) -> QSize:
        margins = self.contentsMargins()
        high = max((item.sizeHint().height() for item in self._shown()), default=0)
        return QSize(width, high).grownBy(margins)

    @safe(lambda: None)
    def setGeometry(self, rect: QRect) -> None:
        """Put every widget in its place."""
        super().setGeometry(rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        top = inside.top()
        for row in self._rows(inside.width()):
            left, high = inside.left(), max(size.height() for _, size in row)
            taken = sum(size.width() for _, size in row) + self._between * (len(row) - 1)
            free = max(inside.width() - taken, 0)
            for item, hint in row:
                size = hint.grownBy(QMargins(0, 0, free // len(row) if self._fills else 0, 0))
                if self._ends_right and item is self._items[-1]:
                    left = inside.right() + 1 - size.width()
                item.setGeometry(QRect(QPoint(left, top + (high - size.height()) // 2), size))
                left += size.width() + self._between
            top += high + self._between

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _rows(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return the items of each row with their sizes; none is wider than its row."""
        rows: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(width, 0), 1 << 20))
            if not rows or left + size.width() > width:
                rows.append([])
                left = 0
            rows[-1].append((item, size))
            left += size.width() + self._between
        return rows


def beside(label: QWidget, control: QWidget) -> QWidget:
    """Return a widget with a label and its control, which takes the room that is left."""
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(label)
    row.addWidget(control, 1)
    return pair
