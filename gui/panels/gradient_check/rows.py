"""The rows of the gradient check: of any number, painted only where they are seen."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from engine.quantities import Name
from gui.drawing.ink import Ink
from gui.panels.gradient_check.picture import CheckRow
from gui.panels.gradient_check.places import LINE, Places, places, write
from gui.state import Pointed
from gui.theme import THEMES, Theme, text_font

_MOST = 5.5
"""The number of rows seen at once; the half one shows that there are more."""

_HEIGHT = 42
"""Of a row, in pixels at the ordinary size of type."""

Index = QModelIndex | QPersistentModelIndex


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[CheckRow, ...] = ()

    def present(self, rows: tuple[CheckRow, ...]) -> None:
        """Show other rows; a selection stays where there are as many as before."""
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
            return
        self.rows = rows
        if rows:
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        row, roles = self.rows[index.row()], Qt.ItemDataRole
        texts = {
            roles.DisplayRole: row.spoken,
            roles.AccessibleTextRole: row.told,
            roles.AccessibleDescriptionRole: row.full,
            roles.ToolTipRole: row.full,
        }
        return texts.get(roles(role))


class _Delegate(QStyledItemDelegate):
    """Paints a row."""

    theme = THEMES["light"]
    lit: Name | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(100, self.theme.size(_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, theme = index.model(), self.theme
        if not isinstance(model, _Model):
            return
        row, rect = model.rows[index.row()], QRectF(option.rect)
        if row.name == self.lit:
            painter.fillRect(rect, theme.soft(Ink.GRADIENT))
        elif option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.soft(Ink.FORWARD))
        painter.setPen(QColor(theme.border))
        painter.drawLine(rect.topLeft(), rect.topRight())
        _paint(painter, theme, row, places(rect, theme))


def _paint(painter: QPainter, theme: Theme, row: CheckRow, at: Places) -> None:
    plain, bold = text_font(theme.size(13)), text_font(theme.size(13), bold=True)
    painter.setFont(plain)
    painter.setPen(QColor(theme.text))
    painter.drawText(at.symbol, Qt.AlignmentFlag.AlignVCenter, row.symbol)
    small = text_font(theme.size(12))
    for where, name in zip((at.gradient_name, at.difference_name), row.names, strict=True):
        write(painter, where, name, small, theme.muted, "left")
    write(painter, at.gradient, row.gradient, bold, theme.inks[Ink.GRADIENT].text)
    write(painter, at.difference, row.difference, plain, theme.text)
    write(painter, at.error, row.error, plain, theme.text)
    colour = theme.problem if row.alarm else theme.text
    write(painter, at.verdict, f"{row.sign} {row.verdict}", bold if row.alarm else plain, colour)


class CheckRows(QListView):
    """Shows the rows; `pointed` tells the gradient under the mouse, or None.

    `highlighted` tells the gradient of the row that the keys went to, or None.
    Ctrl+C copies the selected rows in full, a line each, separated by tabs.
    """

    pointed = Signal(object)
    highlighted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("check rows")
        self._model, self._delegate = _Model(self), _Delegate(self)
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.entered.connect(self._point)

    def present(self, theme: Theme, rows: tuple[CheckRow, ...], lit: Name | None) -> None:
        """Show rows; that of the parameter `lit` stands out."""
        if (theme, rows, lit) == (self._delegate.theme, self._model.rows, self._delegate.lit):
            return
        if theme != self._delegate.theme:
            self._delegate.theme = theme
            self.scheduleDelayedItemsLayout()
        if rows is not self._model.rows:
            self._model.present(rows)
        self._delegate.lit = lit
        self.viewport().update()
        height = theme.size(_HEIGHT) * min(float(len(rows)), _MOST)
        if self.height() != round(height):
            self.setFixedHeight(round(height))

    def dataChanged(self, first: Index, last: Index, roles: Iterable[int] = ()) -> None:
        """Paint other numbers; rows are of one height, so a new layout of them is not needed."""
        if QAccessible.isActive():
            super().dataChanged(first, last, list(roles))
        else:
            self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Highlight the row that the keys went to."""
        super().currentChanged(current, previous)
        if self.hasFocus() and current.isValid():
            self.highlighted.emit(self._name(current))

    def _point(self, index: Index) -> None:
        self.pointed.emit(self._name(index))

    def _name(self, index: Index) -> Pointed:
        return self._model.rows[index.row()].gradient_name

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        if self._delegate.lit is not None:
            self.pointed.emit(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Highlight nothing any more."""
        super().focusOutEvent(event)
        if self._delegate.lit is not None:
            self.highlighted.emit(None)

    def event(self, event: QEvent) -> bool:
        """Keep Ctrl+C, which elsewhere copies the step."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Copy)
            and self.selectionModel().hasSelection()
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy the selected rows."""
        if event.matches(QKeySequence.StandardKey.Copy):
            chosen = sorted(index.row() for index in self.selectedIndexes())
            lines = (self._model.rows[row].copied for row in chosen)
            QGuiApplication.clipboard().setText("\n".join(lines))
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel where every row is seen anyway."""
        if self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Frame the rows where they have the focus."""
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(self._delegate.theme.panel))
        painter.end()
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(self._delegate.theme.inks[Ink.FORWARD].line), 2))
            frame: QRect = self.viewport().rect().adjusted(1, 1, -1, -1)
            painter.drawRect(frame)
            painter.end()


class Head(QWidget):
    """What stands over the rows: what the number at the right is."""

    def __init__(self, rows: CheckRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._theme = THEMES["light"]
        self._words = ""

    def present(self, theme: Theme, words: str) -> None:
        """Show the name of the error."""
        if (self._theme, self._words) != (theme, words):
            self._theme, self._words = theme, words
            self.setFixedHeight(theme.size(LINE + 2))
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write the name."""
        theme = self._theme
        painter = QPainter(self)
        width = self._rows.viewport().width()
        where = places(QRectF(0, 0, width, theme.size(2 * LINE)), theme).error
        write(painter, where, self._words, text_font(theme.size(12)), theme.muted)
        painter.end()
