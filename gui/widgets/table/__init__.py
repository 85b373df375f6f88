"""A read-only table: it shows a grid, only what is seen of it, and copies what is selected."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from engine.user_error import UserError
from engine.words import mark
from gui.drawing.grid import Area, Grid, copied_text
from gui.theme import Theme
from gui.widgets.keys import Keys, Use
from gui.widgets.table.cells import CellPainter
from gui.widgets.table.heads import Corner, Heads, RowHeads
from gui.widgets.table.model import GridModel

_Keys = QKeySequence.StandardKey
_OWN = (_Keys.Copy, _Keys.SelectAll)
"""Keys that are the table's while it has the focus, whatever the window does with them."""

_TRANSPORT = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space)
TABLE = Keys(
    mark("In a table"),
    Use("rows", ("Up", "Down"), mark("From row to row")),
    Use("pages", ("PgUp", "PgDown"), mark("A page further")),
    Use("left", ("Alt+Left",), mark("To the column at the left")),
    Use("right", ("Alt+Right",), mark("To the column at the right")),
    Use("rising", ("Alt+Up",), mark("Sort by this column, smallest first")),
    Use("falling", ("Alt+Down",), mark("Sort by this column, largest first")),
    Use("take", ("Return",), mark("Go to the step of this row"), ("Enter",)),
    Use("all", ("Ctrl+A",), mark("Select all")),
    Use("copy", ("Ctrl+C",), mark("Copy what is selected, with all digits")),
)

_ARROWS: Mapping[str, tuple[int, bool | None]] = MappingProxyType(
    {"left": (-1, None), "right": (1, None), "rising": (0, False), "falling": (0, True)}
)
"""How far to go sideways, or how to sort by the present column."""

_ROW = 25
"""In pixels, at the ordinary size of type."""


class Table(QTableView):
    """Shows a grid. Up, Down, Page Up and Page Down move in it, Alt and an arrow sideways.

    `taken` tells the row that was double clicked or on which Enter was pressed, `pointed` the row
    under the mouse or None, `sort_asked` a column whose head was clicked, and which way it should
    be sorted or None, `refused` why a selection can't be copied.
    """

    taken = Signal(object)
    pointed = Signal(object)
    sort_asked = Signal(int, object)
    refused = Signal(object)

    def __init__(
        self, name: str, main: int, parent: QWidget | None = None, *, sortable: bool = False
    ) -> None:
        """Make the table `name`; who comes by keyboard stands in its `main` column."""
        super().__init__(parent)
        self.setObjectName(name)
        self._main = main
        self._theme: Theme | None = None
        self._widths: Callable[[int], Sequence[int]] = lambda _room: ()
        self._fitted: Sequence[int] = ()
        self._empty = ""
        self._model = GridModel()
        self._painter = CellPainter(self._model.cell, self)
        self._heads = Heads(self._model, self)
        self._row_heads = RowHeads(self._model, self._painter, self)
        self._corner = Corner(self)
        self.setModel(self._model)
        self.setItemDelegate(self._painter)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self._build_heads(sortable=sortable)
        self.entered.connect(lambda index: self.pointed.emit(index.row()))
        self.viewportEntered.connect(lambda: self.pointed.emit(None))
        self.doubleClicked.connect(lambda index: self.taken.emit(index.row()))

    def _build_heads(self, *, sortable: bool) -> None:
        down, across = self._row_heads, self._heads
        self.setVerticalHeader(down)
        self.setHorizontalHeader(across)
        down.hide()
        down.sectionDoubleClicked.connect(self.taken.emit)
        for head in (down, across):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            head.setMinimumSectionSize(1)
            # With the table's own, a head asks every single row whether it is selected.
            head.setSelectionModel(QItemSelectionModel(self._model, head))
            head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            head.setSectionsClickable(True)
        if sortable:
            # It also keeps a click on a head from selecting the whole column.
            self.setSortingEnabled(True)
            across.setSortIndicatorShown(False)
            across.sectionClicked.connect(lambda column: self.sort_asked.emit(column, None))

    def present(
        self,
        grid: Grid,
        theme: Theme,
        widths: Callable[[int], Sequence[int]],
        empty: str = "",
        heads: int = 0,
    ) -> None:
        """Show a grid, its columns as wide as `widths` says for a room; or say `empty`.

        `heads` is the width of the heads of the rows, if they have any.
        """
        if self._theme != theme:
            self._theme = theme
            self._painter.present(theme)
            self._row_heads.setDefaultSectionSize(theme.size(_ROW))
            self._heads.present(theme)
            self.viewport().update()
        self._empty, self._widths = empty, widths
        self._model.present(grid)
        self._row_heads.setVisible(bool(grid.row_heading))
        if self._row_heads.take(heads):
            self.updateGeometries()
        self._corner.present(theme, grid.row_heading)
        self._fit()

    def updateGeometries(self) -> None:
        """Put the head of the heads of the rows into the corner."""
        super().updateGeometries()
        frame, heads = self.frameWidth(), self._row_heads
        self._corner.setVisible(heads.isVisibleTo(self))
        self._corner.setGeometry(frame, frame, heads.width(), self._heads.height())

    def name(self, name: str, hint: str) -> None:
        """Name the table, and say what can be done with its heads."""
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self._model.hint = hint

    def _fit(self) -> None:
        widths = self._widths(self.viewport().width())
        if widths == self._fitted:
            return
        self._fitted = widths
        for column, width in enumerate(widths):
            self.setColumnHidden(column, width == 0)
            if width:
                self.setColumnWidth(column, width)

    def show_row(self, row: int) -> None:
        """Bring a row into view, into the middle if it was out of it."""
        self.executeDelayedItemsLayout()
        seen = self.viewport().height() // max(1, self.rowHeight(row))
        bar = self.verticalScrollBar()
        if not bar.value() <= row < bar.value() + seen:
            bar.setValue(row - seen // 2)

    def copy(self) -> None:
        """Put the selected cells on the clipboard."""
        selected = self.selectionModel().selection()
        ranges = [selected.at(i) for i in range(selected.count())]
        areas = [Area(r.top(), r.left(), r.bottom(), r.right()) for r in ranges]
        if self._model.grid is None or not areas:
            return
        try:
            QGuiApplication.clipboard().setText(copied_text(self._model.grid, areas))
        except UserError as problem:
            self.refused.emit(problem)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that copy and select, which are the window's elsewhere."""
        asks = event.type() == QEvent.Type.ShortcutOverride
        if asks and isinstance(event, QKeyEvent) and any(map(event.matches, _OWN)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, take a row, go sideways; leave the keys of the transport alone."""
        use = TABLE.use(event)
        if use == "copy" or event.matches(_Keys.Copy):
            self.copy()
        elif use == "take":
            if self.currentIndex().isValid():
                self.taken.emit(self.currentIndex().row())
        elif use in _ARROWS:
            self._go(*_ARROWS[use])
        elif event.key() in _TRANSPORT:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _go(self, sideways: int, falling: bool | None) -> None:  # noqa: FBT001 - from a table
        """Go to the next column that is seen, or sort by the present one."""
        here = self.currentIndex()
        if falling is not None:
            if here.isValid() and self.isSortingEnabled():
                self.sort_asked.emit(here.column(), falling)
            return
        columns = range(self._model.columnCount())
        seen = [c for c in columns if not self.isColumnHidden(c)]
        beside = [c for c in seen if (c - here.column()) * sideways > 0]
        if here.isValid() and beside:
            to = min(beside) if sideways > 0 else max(beside)
            self.setCurrentIndex(self._model.index(here.row(), to))

    def keyboardSearch(self, _search: str) -> None:
        """Search for nothing: among a million rows that would take minutes."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on the first row that is seen, in the main column, if nowhere yet."""
        if not self.currentIndex().isValid() and self._model.rowCount():
            start = self._model.index(max(0, self.rowAt(0)), self._main)
            keep = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(start, keep)
        super().focusInEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing any more."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is seen, or say why there is nothing."""
        super().paintEvent(event)
        if self._empty and not self._model.rowCount() and self._theme:
            painter = QPainter(self.viewport())
            painter.setPen(self._theme.muted)
            flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
            room = self.viewport().rect().adjusted(0, self._theme.size(8), 0, 0)
            painter.drawText(room, flags, self._empty)
            painter.end()
