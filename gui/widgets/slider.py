"""A slider that goes where it is pressed."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSlider, QWidget

from engine.words import mark
from gui.widgets.accessible import Accessible, Number
from gui.widgets.blocking import Blocking
from gui.widgets.keys import Keys, Use

SLIDER = Keys(
    mark("On a slider"),
    Use("up", ("Up",), mark("A little to the right")),
    Use("down", ("Down",), mark("A little to the left")),
    Use("far up", ("PgUp",), mark("Further to the right")),
    Use("far down", ("PgDown",), mark("Further to the left")),
)

_ACTIONS = {
    "up": QSlider.SliderAction.SliderSingleStepAdd,
    "down": QSlider.SliderAction.SliderSingleStepSub,
    "far up": QSlider.SliderAction.SliderPageStepAdd,
    "far down": QSlider.SliderAction.SliderPageStepSub,
}


class Slider(QSlider):
    """A horizontal slider that jumps to where it is pressed, instead of paging there.

    Some of its values may be marked. While it is blocked it keeps the focus, and its tool tip says
    why it can't be moved.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._marks: tuple[tuple[int, ...], str] = ((), "")
        self._number: Callable[[], Number] | None = None
        self._blocking = Blocking(self)

    def stand_for(self, number: Callable[[], Number]) -> None:
        """Tell a screen reader this number instead of the place of the handle."""
        self._number = number

    def allow(self, possible: bool) -> None:  # noqa: FBT001 - as setEnabled
        """Let it be moved, or not."""
        if possible is self._blocking.on:
            self._blocking.block(on=not possible)
            self.setProperty("blocked", not possible)
            self.style().polish(self)

    def accessible(self) -> Accessible:
        """Return the number that the slider stands for."""
        if self._number is not None:
            number = self._number()
        else:
            least, most = self.minimum(), self.maximum()
            number = Number(self.value(), least, most, lambda value: self.setValue(round(value)))
        possible = not self._blocking.on
        return Accessible(QAccessible.Role.Slider, number=number, possible=possible)

    def mark(self, values: tuple[int, ...], colour: str) -> None:
        """Draw a mark under each of these values."""
        if self._marks != (values, colour):
            self._marks = values, colour
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the marks; a style sheet leaves those of Qt away."""
        values, colour = self._marks
        if values:
            painter = QPainter(self)
            for value in values:
                x = self._place_of(value)
                painter.fillRect(round(x), self.height() - 6, 1, 4, QColor(colour))
            painter.end()
        super().paintEvent(event)

    def _place_of(self, value: int) -> float:
        """Return where the middle of the handle stands at a value."""
        from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - as below

        handle = self._handle_width
        span = max(1, self.width() - handle)
        place = QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), value, span)
        return place + handle / 2

    @property
    def _handle_width(self) -> int:
        # Costly to import, and not needed for the first paint.
        from PySide6.QtWidgets import QStyle, QStyleOptionSlider  # noqa: PLC0415

        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
        )
        return handle.width()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go up and down; the other keys are the window's."""
        action = _ACTIONS.get(SLIDER.use(event))
        if action is None:
            event.ignore()
        else:
            self.triggerAction(action)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump, then let the handle be dragged on."""
        if event.button() is Qt.MouseButton.LeftButton:
            from PySide6.QtWidgets import QStyle  # noqa: PLC0415 - as above

            half = self._handle_width / 2
            span = max(1, self.width() - self._handle_width)
            self.setSliderDown(True)
            self.setValue(
                QStyle.sliderValueFromPosition(
                    self.minimum(), self.maximum(), round(event.position().x() - half), span
                )
            )
        super().mousePressEvent(event)
