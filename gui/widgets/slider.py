"""A slider that goes where it is pressed."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSlider, QWidget


class Slider(QSlider):
    """A horizontal slider that jumps to where it is pressed, instead of paging there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump, then let the handle be dragged on."""
        if event.button() is Qt.MouseButton.LeftButton:
            # Costly to import, and not needed for the first paint.
            from PySide6.QtWidgets import QStyle, QStyleOptionSlider  # noqa: PLC0415

            option = QStyleOptionSlider()
            self.initStyleOption(option)
            handle = self.style().subControlRect(
                QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, self
            )
            half = handle.width() / 2
            span = max(1, round(self.width() - handle.width()))
            self.setSliderDown(True)
            self.setValue(
                QStyle.sliderValueFromPosition(
                    self.minimum(), self.maximum(), round(event.position().x() - half), span
                )
            )
        super().mousePressEvent(event)
