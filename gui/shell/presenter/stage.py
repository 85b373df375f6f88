"""The window that a class sees: it fills a screen."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from engine.quantities import Name
from gui.chain.view import ChainView
from gui.drawing.ink import Ink
from gui.errors import guard
from gui.formula.large import LargeFormula
from gui.formula.shown import LocalFold
from gui.presenter.board import Board
from gui.presenter.overlay import Overlay
from gui.presenter.pointer import Pointed
from gui.presenter.staged import staged
from gui.shell.middle import Middle
from gui.state import State
from gui.state.presenter import Presenter
from gui.theme import Theme, dress, dressed
from gui.timeline.view import TimelineView

_EDGE = 6
"""In pixels: how thick the mark of a frozen picture is."""

_LEAST = 20
"""In percent: smaller is nothing drawn, however small the screen is."""


class Stage(QWidget):
    """Shows a state in large type; `wished` carries an `Intent`.

    `closed` tells that somebody closes it, `asked` where the menu is wanted.
    """

    wished = Signal(object)
    closed = Signal()
    asked = Signal(QPoint)

    def __init__(self, *, audience: bool = False) -> None:
        super().__init__()
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme: Theme | None = None
        self._leaves = False
        self._overlay: Overlay | None = None
        self._shown: State | None = None
        self._at: Pointed | None = None
        self.chain, self.formula, self.timeline = ChainView(), LargeFormula(), TimelineView()
        for part in (self.chain, self.formula, self.timeline):
            part.wished.connect(self.wished)
        self._middle = Middle(self.chain, self.formula, self.timeline, whole=True)
        self.board = Board(teacher=not audience)
        self._state: State | None = None
        self._zoom = 0
        self._fitted: tuple[object, ...] = ()
        self._middle.add_strip(self.board)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._middle)
        if audience:
            # It has neither mouse nor keys: those are the teacher's.
            self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            for inside in self.findChildren(QWidget):
                inside.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._mark = QFrame(self)
        self._mark.setObjectName("frozen")
        self._mark.hide()

    def present(self, state: State) -> None:
        """Show a state, in smaller type than is chosen where that has no room."""
        self._state = state
        chosen = (state.presenter or Presenter()).zoom
        self._draw(state, self._zoom or chosen)
        if not self.isVisible():
            return
        fitted = chosen, self.size(), state.look.locale, self.board.picture, state.view(LocalFold)
        if fitted != self._fitted:
            self._fitted = fitted
            self._fit(state, chosen)

    def _fit(self, state: State, chosen: int) -> None:
        """Find the largest type, up to the one that is chosen, in which nothing is cut off."""
        self._draw(state, chosen)
        while self._zoom > _LEAST and (need := self._middle.need) > 1:
            self._draw(state, max(_LEAST, min(self._zoom - 1, int(self._zoom / need))))

    def _draw(self, state: State, zoom: int) -> None:
        self._zoom, shown = zoom, staged(state, zoom)
        theme = dressed(shown.look)
        if theme is not self._theme:
            self._theme = theme
            dress(self, theme)
        for part in (self._middle, self.chain, self.formula, self.board, self.timeline):
            with guard.kept(part):
                part.present(shown)
        self.board.grow(self._middle.enlarged, max(1, self._middle.spare))
        self._present_pointing(shown, theme)

    # Pointing

    def _present_pointing(self, state: State, theme: Theme) -> None:
        presenter, former = state.presenter, self._shown
        self._shown = state
        if presenter is None or not (presenter.points or self._overlay):
            return
        if self._overlay is None:
            self._overlay = Overlay(self)
            self._overlay.show()
        self._overlay.setGeometry(self.rect())
        self._overlay.raise_()
        self._overlay.present(theme, laser=presenter.laser, moves=state.look.moves)
        self._light(state)
        ringed = state.walking and (former is None or former.highlight != state.highlight)
        place = self._place_of(state.highlight) if ringed else None
        if place is not None:
            self._overlay.point(place.center())

    def point(self, at: Pointed | None) -> None:
        """Follow the teacher's mouse; a frozen picture does not."""
        self._at = None if self._mark.isVisible() else at
        if self._overlay is None or self._shown is None or self._mark.isVisible():
            return
        self._light(self._shown)
        part = self._part(at)
        where = None
        if at is not None and part is not None:
            inside = QPointF(at.across * part.width(), at.down * part.height())
            where = QPointF(part.mapTo(self, QPoint())) + inside
        self._overlay.point(where)

    def _light(self, state: State) -> None:
        """Dim all but the number that is pointed at, or the part that the mouse is over."""
        presenter = state.presenter
        if self._overlay is None or presenter is None:
            return
        number = self._place_of(state.highlight if state.walking else state.pointed)
        part = self._part(self._at)
        bright = [] if number is None else [number]
        if part is not None and not state.walking and (part is not self.chain or number is None):
            bright.append(QRectF(QPointF(part.mapTo(self, QPoint())), QSizeF(part.size())))
        self._overlay.light(tuple(bright) if presenter.spotlight else ())

    def _part(self, at: Pointed | None) -> QWidget | None:
        parts = {"chain": self.chain, "formula": self.formula, "timeline": self.timeline}
        parts["board"] = self.board
        return parts.get(at.part) if at is not None else None

    def _place_of(self, name: Name | None) -> QRectF | None:
        place = self.chain.place_of(name)
        return place.translated(QPointF(self.chain.mapTo(self, QPoint()))) if place else None

    def freeze(self, frozen: bool, words: str) -> None:  # noqa: FBT001 - what is to be
        """Mark at the edge that the picture stands still, or that it does not."""
        if frozen and self._theme is not None:
            colour = self._theme.inks[Ink.BACKWARD].line
            self._mark.setStyleSheet(f"QFrame#frozen {{ background: {colour}; }}")
            self._mark.setAccessibleName(words)
            self._place_mark()
            self._mark.raise_()
        self._mark.setVisible(frozen)

    def _place_mark(self) -> None:
        self._mark.setGeometry(0, 0, self.width(), _EDGE)

    def leave(self) -> None:
        """Go away."""
        self._leaves = True
        self.close()
        self.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is read to the new size."""
        super().resizeEvent(event)
        self._place_mark()
        if self._state is not None:
            self.present(self._state)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit what is read to the size that all parts have by now."""
        super().showEvent(event)
        if self._state is not None:
            self.present(self._state)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done in a presentation."""
        self.asked.emit(event.globalPos())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window is closed by hand."""
        super().closeEvent(event)
        if not self._leaves:
            self.closed.emit()
