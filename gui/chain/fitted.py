"""The chain laid out in the room of a widget: which box stands where, in its pixels."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtWidgets import QWidget

from engine.quantities import Name
from gui.chain.fitting import OVERVIEW, fitted
from gui.chain.painting import rectangle
from gui.chain.picture import ChainPicture, chain_picture, focus, layout_of
from gui.chain.picture.parts import Part, parts_of
from gui.chain.scene import REACH
from gui.chain.shown import ChainPan
from gui.drawing.ink import Box
from gui.state import State
from gui.theme import THEMES, Theme

_LEAST_HEIGHT, _MORE = 252, 48
"""In pixels, at the ordinary size of type: so much height the chain needs, and so much more for
every further parameter of a layer."""


class FittedChain(QWidget):
    """Holds the picture of a state, its scale, and how far it is moved along.

    `on_paper` is set while it is drawn where nothing answers to the mouse or to keys.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._picture: ChainPicture | None = None
        self._theme: Theme = THEMES["light"]
        self._scale, self._height = 1.0, 0.0
        self._overflows = False
        self._parameters = 1
        self._jumps = False
        self._offset = 0.0
        self.on_paper = False

    def sizeHint(self) -> QSize:
        """Return a size that suits a chain of three layers."""
        return QSize(820, 400)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which every number can be read."""
        strip = OVERVIEW if self._overflows else 0
        high = _LEAST_HEIGHT + _MORE * (self._parameters - 1)
        return QSize(360, round(high * self._theme.scale) + strip)

    # From the scene to the screen

    def _describe(self) -> None:
        """Lay the picture out."""
        if self._state is None:
            return
        experiment, overflowed = self._state.run.experiment, self._overflows
        room = (self.width(), self.height())
        count = len(experiment.parameters)
        fit = fitted(experiment.layers, *room, self._theme.scale, count)
        self._scale, self._overflows = fit.scale, fit.overflows
        if self._overflows != overflowed or count != self._parameters:
            self._parameters = count
            self.updateGeometry()
        self._height = fit.height
        seen = self._seen(fit.width, fit.height)
        self._picture = chain_picture(self._state, fit.width, fit.height, seen)

    def _seen(self, width: float, height: float) -> tuple[float, float] | None:
        """Return between which edges the chain is seen: from here to where the step leads.

        Who jumps there does not see what lies between.
        """
        if not self._overflows or self._state is None:
            return None
        layout = layout_of(self._state.run.experiment, width, height)
        ahead = min(max(focus(self._state, layout) - width / 2, 0.0), layout.width - width)
        here = ahead if self._jumps else self._offset / self._scale
        return min(here, ahead) - REACH, max(here, ahead) + width + REACH

    def _wanted_offset(self) -> float:
        if self._picture is None or self._state is None or not self._overflows:
            return 0.0
        pan, middle = self._state.view(ChainPan), self._picture.focus
        if pan.middle is not None and pan.index == self._state.index:
            middle = pan.middle * self._picture.width
        return self._bounded(middle * self._scale - self.width() / 2)

    def _bounded(self, offset: float) -> float:
        if self._picture is None:
            return 0.0
        return min(max(offset, 0.0), max(0.0, self._picture.width * self._scale - self.width()))

    # What is where

    def _overview(self) -> QRectF:
        return QRectF(0, self.height() - OVERVIEW, self.width(), OVERVIEW)

    def _box_at(self, where: QPointF) -> Box | None:
        if self._picture is None or (self._overflows and self._overview().contains(where)):
            return None
        scene = QPointF((where.x() + self._offset) / self._scale, where.y() / self._scale)
        boxes = (box for box in self._picture.boxes if rectangle(box).contains(scene))
        return next(boxes, None)

    @property
    def shown(self) -> State | None:
        """The state that is shown."""
        return self._state

    def parts(self) -> tuple[Part, ...]:
        """Return all boxes of the chain in words, those that are out of sight too."""
        if self._state is None:
            return ()
        width, height = self.width() / self._scale, self._height
        return parts_of(self._state, chain_picture(self._state, width, height))

    def place_of(self, name: Name | None) -> QRectF | None:
        """Return where the box of a number is, in pixels; None where it is far off, or none."""
        boxes = self._picture.boxes if self._picture and name is not None else ()
        found = next((box for box in boxes if box.name == name), None)
        return self.on_screen(rectangle(found)) if found is not None else None

    def on_screen(self, scene: QRectF) -> QRectF:
        """Return where something of the picture is, in pixels of the widget."""
        place = QRectF(scene.topLeft() * self._scale, scene.size() * self._scale)
        return place.translated(-self._offset, 0)
