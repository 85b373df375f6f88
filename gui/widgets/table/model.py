"""A grid of numbers as Qt's tables want it."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gui.drawing.grid import Cell, Grid

_FEW = 8
"""The most changed rows that are announced one by one."""

Index = QModelIndex | QPersistentModelIndex


class GridModel(QAbstractTableModel):
    """A grid as Qt's tables want it."""

    def __init__(self) -> None:
        super().__init__()
        self.grid: Grid | None = None
        self.hint = ""
        """What can be done with the heads of the columns."""

    def present(self, grid: Grid) -> None:
        """Show another grid; where its rows are others in number, nothing stays selected."""
        former = self.grid
        if former == grid:
            return
        if former is None or (former.rows, former.columns) != (grid.rows, grid.columns):
            self.beginResetModel()
            self.grid = grid
            self.endResetModel()
        elif former.order != grid.order:
            self._rearrange(former, grid)
        else:
            self.grid = grid
            self._repaint(grid.changed(former))

    def _repaint(self, rows: Sequence[int] | None) -> None:
        """Tell what looks otherwise: cell by cell where it is little, since a range means all."""
        rows_in_all, columns = self.rowCount(), self.columnCount()
        if rows is None:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, columns - 1)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, rows_in_all - 1)
        if rows is None or len(rows) > _FEW:
            self.dataChanged.emit(self.index(0, 0), self.index(rows_in_all - 1, columns - 1))
            return
        for row in rows:
            for column in range(columns):
                cell = self.index(row, column)
                self.dataChanged.emit(cell, cell)
            if self.grid and self.grid.row_heading:
                self.headerDataChanged.emit(Qt.Orientation.Vertical, row, row)

    def _rearrange(self, former: Grid, grid: Grid) -> None:
        """Let whatever is selected go where its row goes."""
        self.layoutAboutToBeChanged.emit()
        rows = {what: row for row, what in enumerate(grid.order)}
        moved = self.persistentIndexList()
        self.grid = grid
        self.changePersistentIndexList(
            moved,
            [
                self.index(rows.get(former.order[index.row()], -1), index.column())
                for index in moved
            ],
        )
        self.layoutChanged.emit()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, grid.columns - 1)

    def cell(self, index: Index) -> Cell | None:
        """Return the cell at an index."""
        return self.grid.cell(index.row(), index.column()) if self.grid else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of rows."""
        return self.grid.rows if self.grid and not parent.isValid() else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return self.grid.columns if self.grid and not parent.isValid() else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return a cell's text, or the full value where that is asked for."""
        cell = self.cell(index)
        if cell is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell.text
        return cell.hint or None if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | int | None:
        """Return the head of a column, or of a row; an arrow tells how they are sorted."""
        if orientation is Qt.Orientation.Vertical:
            return self._row_head(section, role)
        if not self.grid or section >= self.grid.columns:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.grid.heading(section) + self.grid.arrow(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag
            words = self.grid.is_words(section)
            return int((side.AlignLeft if words else side.AlignRight) | side.AlignVCenter)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (self.grid.heading_hint(section), self.hint)))
        return None

    def _row_head(self, row: int, role: int) -> str | None:
        if not self.grid or row >= self.grid.rows:
            return None
        if not self.grid.row_heading:
            # Rows without a head of their own are told by their first cell.
            told = role == Qt.ItemDataRole.AccessibleTextRole and self.grid.columns
            return self.grid.cell(row, 0).text if told else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.grid.row_head(row).text
        return self.grid.row_head(row).hint if role == Qt.ItemDataRole.ToolTipRole else None
