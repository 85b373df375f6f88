"""The cost of a backward pass: a small table, a slider over the layers, and the diagram.

All but its first line can be folded away.
"""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from engine.chain_rule.multiplications import Count, counting
from gui.language import speech
from gui.panels.chain_rule.curve import CostDiagram
from gui.panels.chain_rule.picture.cost import (
    LONGEST,
    ChainKind,
    CostPicture,
    asked_layers,
    chain_kind,
    cost_picture,
    wanted,
)
from gui.state import State
from gui.theme import Theme, dressed, text_font
from gui.widgets.button import Button
from gui.widgets.labels import heading
from gui.widgets.memo import Memo
from gui.widgets.slider import Slider

if TYPE_CHECKING:
    from collections.abc import Generator

_AT_ONCE = 0.003
"""In seconds: how long is counted before the window gets its turn again."""

_COLUMNS, _BACKPROP = 5, 3

_SPACING = 4
"""In pixels, between one part and the next."""

_BESIDE_HEADING = 2
"""In heights of its letters: the room of the arrow and the margins beside the heading."""


class Cost(QWidget):
    """Shows what is counted; `asked` tells for how many layers the user wants to see it.

    `folded` tells that the user wants to see (True) or to hide what can be folded away.
    """

    asked = Signal(int)
    folded = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._told = Memo[tuple[object, ...]]()
        self._shown = Memo[tuple[CostPicture, Theme]]()
        self._counts: dict[ChainKind, dict[int, Count]] = {}
        self._counting: tuple[ChainKind, int, Generator[None, None, Count]] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._count_on)
        self._open = True
        self._button = Button(role="plain")
        self._button.setObjectName("fold cost")
        self._button.clicked.connect(lambda: self.folded.emit(not self._open))
        self._summary, self._note, self._label = (heading("muted") for _ in range(3))
        self._summary.setWordWrap(True)
        self._summary.hide()
        self._note.setWordWrap(True)
        roles = ("muted", "", "")
        self._cells = [[heading(role) for _ in range(_COLUMNS)] for role in roles]
        self._slider = Slider()
        self._slider.setObjectName("count slider")
        self._slider.setRange(1, LONGEST)
        self._slider.valueChanged.connect(self.asked)
        self._diagram = CostDiagram()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(_SPACING)
        outer.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self._summary)
        self._inside = QWidget()
        outer.addWidget(self._inside)
        self._column = column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_SPACING)
        column.addWidget(self._note)
        column.addLayout(self._table())
        column.addWidget(self._label)
        column.addWidget(self._slider)
        column.addWidget(self._diagram)

    @property
    def shown(self) -> object:
        """All that its height depends on."""
        return self._shown.value

    def height_if(self, width: int, *, unfolded: bool) -> int:
        """Return how high this is in a width."""
        below = self._column.totalHeightForWidth(width) if unfolded else self._line(width)
        return self._button.sizeHint().height() + _SPACING + below

    def _line(self, width: int) -> int:
        return self._summary.heightForWidth(width)

    def fold(self, *, unfolded: bool) -> None:
        """Show all, or only the first line and what it comes to."""
        if self._open != unfolded:
            self._open = unfolded
            self._inside.setVisible(unfolded)
            self._summary.setVisible(not unfolded)
            self._present_button()

    def _present_button(self) -> None:
        if self._shown.value is None or self._state is None:
            return
        (picture, theme), say = self._shown.value, speech(self._state.look.locale)
        if self._open:
            hint, icon = say("Hide the table and the diagram"), "chevron-down"
        else:
            hint, icon = say("Show the table and the diagram"), "chevron-right"
        text = self._in_lines(picture.heading)
        self._button.present(theme, text, hint, icon)
        self._button.setAccessibleName(picture.heading)
        self._button.setAccessibleDescription(hint)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the heading where it has no room in one line."""
        super().resizeEvent(event)
        self._present_button()

    def _in_lines(self, heading: str) -> str:
        """Return the heading in one line, or in two where that has no room."""
        metrics = self._button.fontMetrics()
        room = self.width() - _BESIDE_HEADING * metrics.height()
        if room <= 0 or metrics.horizontalAdvance(heading) <= room:
            return heading
        words = heading.split(" ")
        breaks = (
            (" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words))
        )
        return "\n".join(min(breaks, key=lambda lines: max(map(len, lines)), default=(heading,)))

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 2, 0, 4)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        for row, cells in enumerate(self._cells):
            for column, cell in enumerate(cells):
                cell.setObjectName(f"cost {row} {column}")
                side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
                cell.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                grid.addWidget(cell, row, column)
                grid.setColumnStretch(column, 1)
        return grid

    def present(self, state: State) -> None:
        """Show the counts for this chain and for the n of the slider."""
        self._state = state
        self._show()
        self._go_on()

    def showEvent(self, event: QShowEvent) -> None:
        """Go on counting, now that it is seen."""
        super().showEvent(event)
        self._go_on()

    def _go_on(self) -> None:
        """Count on what is missing, once nothing else is to be done."""
        if not self.done and self.isVisible():
            self._timer.start(0)

    def _count_on(self) -> None:
        """Count for a few milliseconds what is wanted and missing, show it, and go on later."""
        if self._state is None:
            return
        kind, until = chain_kind(self._state), time.perf_counter() + _AT_ONCE
        counts = self._counts.setdefault(kind, {})
        missing = True
        while missing and time.perf_counter() < until:
            missing = self._count_one(kind, counts, until)
        self._show()
        self._go_on()

    @property
    def done(self) -> bool:
        """Whether all that is wanted is counted."""
        return self._state is not None and self._missing() is None

    def _missing(self) -> int | None:
        """Return for how many layers it has to be counted next, if any."""
        assert self._state is not None  # noqa: S101 - its callers have one
        counts = self._counts.get(chain_kind(self._state), {})
        return next((n for n in wanted(self._state) if n not in counts), None)

    def _count_one(self, kind: ChainKind, counts: dict[int, Count], until: float) -> bool:
        """Go on with the most urgent count; return whether any is missing."""
        layers = self._missing()
        if layers is None or self._state is None:
            return False
        if self._counting is None or self._counting[:2] != (kind, layers):
            activation = self._state.run.experiment.activation
            pieces = counting(layers, activation, kind.parameters)
            self._counting = (kind, layers, pieces)
        pieces = self._counting[2]
        try:
            while time.perf_counter() < until:
                next(pieces)
        except StopIteration as done:
            counts[layers] = done.value
            self._counting = None
        return True

    def _show(self) -> None:
        assert self._state is not None  # noqa: S101 - its caller has one
        theme, kind = dressed(self._state.look), chain_kind(self._state)
        counts = self._counts.setdefault(kind, {})
        layers = self._state.run.experiment.layers, asked_layers(self._state)
        if not self._told.renew((kind, *layers, len(counts), self._state.look.locale, theme)):
            return
        picture = cost_picture(self._state, counts)
        if not self._shown.renew((picture, theme)):
            return
        self._present_button()
        self._summary.setText(picture.summary)
        self._note.setText(picture.note)
        self._label.setText(picture.slider)
        blocked = self._slider.blockSignals(True)
        self._slider.setValue(picture.layers)
        self._slider.blockSignals(blocked)
        self._slider.setAccessibleName(picture.slider)
        self._fill(picture, theme)
        self._diagram.present(picture, theme)

    def _fill(self, picture: CostPicture, theme: Theme) -> None:
        lines = [picture.titles, *((r.layers, *r.numbers, r.saved) for r in picture.rows)]
        for row, cells in enumerate(self._cells):
            seen = row < len(lines)
            for column, cell in enumerate(cells):
                cell.setVisible(seen)
                if not seen:
                    continue
                strong = row > 0 and column == _BACKPROP
                cell.setFont(text_font(theme.size(12 if row else 11), bold=strong))
                cell.setText(lines[row][column])
