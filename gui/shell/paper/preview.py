"""A page as it will be printed, small."""

from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.language import Say
from gui.sheets.ink import POINT
from gui.sheets.paging import Page, paint
from gui.sheets.papers import PAPERS
from gui.sheets.picture.blocks import Document
from gui.shell.paper.keys import TURNING
from gui.shell.paper.picture import page_words
from gui.theme import Theme
from gui.widgets.accessible import Accessible

_MARGIN, _NOTCH = 8, 120
_TURNS = MappingProxyType({"next": 1, "before": -1})


class PagePreview(QWidget):
    """Shows one page; `turned` asks for the one `by` pages further."""

    turned = Signal(int)

    def __init__(self, theme: Theme, say: Say) -> None:
        super().__init__()
        self.setObjectName("page preview")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme, self._say = theme, say
        self._shown: tuple[Page, Document, str, int, int] | None = None

    def present(self, page: Page, document: Document, paper: str, number: int, count: int) -> None:
        """Show a page of a document: its `number`, of `count` in the document."""
        self._shown = page, document, paper, number, count
        self.update()

    def present_none(self) -> None:
        """Show no page: it is still being made."""
        self._shown = None
        self.update()

    def accessible(self) -> Accessible:
        """Return all that stands on the page."""
        if self._shown is None:
            return Accessible(QAccessible.Role.Document)
        page, document, _, number, count = self._shown
        blocks, foot = (
            (block for block, _, _ in page.blocks),
            (document.foot, f"{number} / {count}"),
        )
        words = page_words(blocks, foot, self._say)
        return Accessible(QAccessible.Role.Document, description=words)

    def sizeHint(self) -> QSize:
        """Return a size in which a page can be recognised."""
        return QSize(self._theme.size(400), self._theme.size(560))

    def minimumSizeHint(self) -> QSize:
        """Return the least that is of use."""
        return QSize(180, 220)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the page on its paper, and the frame that tells that it has the keys."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._shown is not None:
            self._paint_page(painter, *self._shown)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self._theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _paint_page(
        self,
        painter: QPainter,
        page: Page,
        document: Document,
        paper: str,
        number: int,
        count: int,
    ) -> None:
        width, height = (POINT * side for side in PAPERS[paper])
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / width, room.height() / height)
        corner = QPointF(
            room.left() + (room.width() - scale * width) / 2,
            room.top() + (room.height() - scale * height) / 2,
        )
        painter.save()
        painter.translate(corner)
        painter.scale(scale, scale)
        sheet = QRectF(0, 0, width, height)
        painter.fillRect(sheet, QColor("#FFFFFF"))
        paint(page, painter, document, paper, number, count)
        painter.restore()
        painter.setPen(QPen(QColor(self._theme.outline), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(corner.x(), corner.y(), scale * width, scale * height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page."""
        by = _TURNS.get(TURNING.use(event))
        if by is None:
            super().keyPressEvent(event)
        else:
            self.turned.emit(by)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the page."""
        if abs(event.angleDelta().y()) >= _NOTCH:
            self.turned.emit(-1 if event.angleDelta().y() > 0 else 1)
        event.accept()
