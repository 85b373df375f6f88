"""Computes the curves of the error over ε, without keeping the window waiting."""

from collections.abc import Iterator

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from engine.checking.error_curve import ErrorCurve, error_curve
from engine.parameters import values_by_name
from gui.panels.gradient_check.picture import Subject
from gui.panels.gradient_check.picture.curves import ErrorCurves

_AT_ONCE = 8
"""The most curves that are computed on the spot, in some two milliseconds."""

_REST = 40
"""In milliseconds: the curves of a longer chain are computed only after a pause this long."""

_SHARE = 4
"""In milliseconds: how long a longer chain's curves may keep the window waiting at a time."""


class CurveMaker(QObject):
    """Computes the curves of what is checked; `made` tells that the latest ones are ready."""

    made = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._of: Subject | None = None
        self._left: Iterator[ErrorCurve] = iter(())
        self._curves: list[ErrorCurve] = []
        self._made: ErrorCurves | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)

    def curves(self, of: Subject) -> ErrorCurves | None:
        """Return the curves, or None and have them made, a few of them at a time."""
        if of != self._of:
            self._of, self._left = of, _curves(of)
            self._curves, self._made = [], None
            self._timer.stop()
            if len(of.theta) <= _AT_ONCE:
                self._made = ErrorCurves(tuple(self._left))
            else:
                self._timer.start(_REST)
        return self._made

    @property
    def done(self) -> bool:
        """Whether the latest ones are ready."""
        return not self._timer.isActive()

    def _go_on(self) -> None:
        self._timer.setInterval(0)
        clock = QElapsedTimer()
        clock.start()
        for curve in self._left:
            self._curves.append(curve)
            if clock.elapsed() >= _SHARE:
                return
        self._timer.stop()
        self._made = ErrorCurves(tuple(self._curves))
        self.made.emit()


def _curves(of: Subject) -> Iterator[ErrorCurve]:
    gradients = values_by_name(of.experiment.parameters, of.gradients)
    return (
        error_curve(of.experiment, of.theta, of.sample, name, gradient)
        for name, gradient in gradients.items()
    )
