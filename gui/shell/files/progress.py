"""Long work on the window's own thread, with a sign of it and a way out."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from engine import Cancelled

_BREATH = 500
"""The number of lines after which the window may paint, and the user cancel."""

_SOON = 400
"""In milliseconds: shorter work shows no progress."""


_WIDTH = 320

_ALL = QEventLoop.ProcessEventsFlag.AllEvents
_ALL_BUT_KEYS = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents


def watched(
    lines: Iterable[str], count: int, words: str, cancel: str, window: QWidget
) -> Iterator[str]:
    """Yield `count` lines, with a bar before the `window` that shows how many were taken.

    Nothing else can be done in the window meanwhile. Raises `Cancelled` when the user presses
    the button `cancel`, and when the window is closed.
    """
    with watching(count, words, cancel, window) as tell:
        for number, line in enumerate(lines):
            if number % _BREATH == 0:
                tell(number)
            yield line


@contextmanager
def watching(
    count: int, words: str, cancel: str, window: QWidget
) -> Iterator[Callable[[int], None]]:
    """Show a bar before the `window` meanwhile; yield what is told how many of `count` are done.

    That raises `Cancelled` when the user presses the button `cancel`, or the window is closed.
    """
    visible = window.isVisible()
    dialog = QProgressDialog(words, cancel, 0, count, window)
    dialog.setWindowTitle("Chainstep")
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(_SOON)
    dialog.setMinimumWidth(_WIDTH)
    bar = QProgressBar()
    # The theme's bars are thinner than a text.
    bar.setTextVisible(False)
    bar.setRange(0, count)
    dialog.setBar(bar)

    def tell(done: int) -> None:
        dialog.setValue(done)
        # Qt has no turn of the window where the number is the same, or the bar not there yet: then
        # keys wait for the end.
        QCoreApplication.processEvents(_ALL if dialog.isVisible() else _ALL_BUT_KEYS)
        if dialog.wasCanceled() or window.isVisible() != visible:
            raise Cancelled

    try:
        yield tell
    finally:
        dialog.close()
        dialog.deleteLater()
