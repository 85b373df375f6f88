"""The margin of a program: the numbers of its lines; a bar and a sign where a line does a step."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from engine.words import Say
from gui.drawing.ink import SIGNS, Ink
from gui.theme import Theme, code_font
from gui.widgets.accessible import Accessible, Item
from gui.words.roles import ROLES

LinesSeen = Callable[[], Iterable[tuple[int, tuple[int, int]]]]

_BAR, _MARKED_BAR = 3, 5
"""Widths in pixels, of an ordinary bar and of one whose line does the present step."""

_SIGN = 10
"""In pixels of the ordinary theme: the room for a sign."""


@dataclass(frozen=True)
class MarginLook:
    """What the margin shows: the bars' inks by line (from 1), and which are marked in `ink`.

    `say` says it to a screen reader.
    """

    theme: Theme
    say: Say
    inks: Mapping[int, Ink]
    marked: tuple[int, ...]
    ink: Ink


class Margin(QWidget):
    """Stands left of the text and scrolls with it.

    `lines_seen` yields each line that is seen: its number, and its top and height in pixels.
    """

    def __init__(self, text: QWidget, lines_seen: LinesSeen) -> None:
        super().__init__(text)
        self._lines_seen = lines_seen
        self._look: MarginLook | None = None

    def present(self, look: MarginLook) -> None:
        """Show numbers and bars."""
        self._look = look
        self.update()

    def accessible(self) -> Accessible:
        """Return the lines that are seen: their numbers, and what they do."""
        look = self._look
        if look is None:
            return Accessible(QAccessible.Role.Grouping)
        lines = (
            Item(number, _in_words(look, number), where=QRect(0, top, self.width(), height))
            for number, (top, height) in self._lines_seen()
        )
        say = look.say
        name = say("What the lines do")
        return Accessible(QAccessible.Role.Grouping, name, items=tuple(lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what stands beside the lines that are seen."""
        if self._look is None:
            return
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._look.theme.field))
        painter.setFont(code_font(self._look.theme.size(10)))
        for number, line in self._lines_seen():
            self._paint_line(painter, self._look, number, line)
        painter.end()

    def _paint_line(
        self, painter: QPainter, look: MarginLook, number: int, line: tuple[int, int]
    ) -> None:
        top, height = line
        theme, marked = look.theme, number in look.marked
        ink = look.ink if marked else look.inks.get(number)
        if ink is not None:
            if marked:
                painter.fillRect(QRect(0, top, self.width(), height), theme.soft(ink))
            bar = _MARKED_BAR if marked else _BAR
            painter.fillRect(0, top, bar, height, QColor(theme.inks[ink].line))
            painter.setPen(QColor(theme.inks[ink].text))
            beside = QRect(theme.size(_MARKED_BAR), top, theme.size(_SIGN), height)
            painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, SIGNS.get(ink, ""))
        painter.setPen(QColor(theme.inks[ink].text if ink and marked else theme.muted))
        room = QRect(0, top, self.width() - theme.size(5), height)
        aligned = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, aligned, str(number))


def _in_words(look: MarginLook, number: int) -> str:
    marked, say = number in look.marked, look.say
    ink = look.ink if marked else look.inks.get(number)
    role = say(ROLES[ink]) if ink is not None and ink in ROLES else ""
    if marked and role:
        return say("Line {number}: {role}, this step").format(number=number, role=role)
    if role:
        return say("Line {number}: {role}").format(number=number, role=role)
    return say("Line {number}").format(number=number)
