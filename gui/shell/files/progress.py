"""Long work on the window's own thread, with a sign of it and a way out."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QProgressBar, QProgressDialog, QWidget

from engine import Cancelled

_BREATH = 500
"""The number of lines after which the window may paint, and the user cancel."""

_SOON = 400
"""In milliseconds: shorter work shows no progress."""


_WIDTH = 320


def watched(
    lines: Iterable[str], count: int, words: str, cancel: str, window: QWidget
) -> Iterator[str]:
    """Yield `count` lines, with a bar before the `window` that shows how many were taken.

    Nothing else can be done in the window meanwhile. Raises `Cancelled` when the user presses
    the button `cancel`, and when the window is closed.
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
    try:
        for number, line in enumerate(lines):
            if number % _BREATH == 0:
                dialog.setValue(number)
                if dialog.wasCanceled() or window.isVisible() != visible:
                    raise Cancelled
            yield line
    finally:
        dialog.close()
        dialog.deleteLater()
