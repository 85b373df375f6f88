"""The chip that the keys stand on."""

from collections.abc import Sequence
from typing import NamedTuple

from gui.panels.chain_rule.layout import RowPlace


class Cursor(NamedTuple):
    """A chip: its row from the top, and its place there."""

    row: int
    chip: int

    def beside(self, by: int, rows: Sequence[RowPlace]) -> "Cursor":
        """Return the chip before or after this one, if need be in the next row."""
        row, chip = self.row, self.chip + by
        if chip < 0 and row > 0:
            return Cursor(row - 1, len(rows[row - 1].chips) - 1)
        if chip >= len(rows[row].chips) and row + 1 < len(rows):
            return Cursor(row + 1, 0)
        return Cursor(row, chip)

    def within(self, rows: Sequence[RowPlace]) -> "Cursor":
        """Return this chip, or the nearest one that there is."""
        row = min(max(self.row, 0), len(rows) - 1)
        return Cursor(row, min(max(self.chip, 0), len(rows[row].chips) - 1))
