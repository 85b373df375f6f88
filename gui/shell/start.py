"""Opens the window: empty at once, then with its content.

To import what is in the window takes longer than to show it: that comes after the first paint.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from gui.errors import guard
from gui.shell.application import bare_application, set_background
from gui.shell.garbage import Collector
from gui.shell.saved_values import SavedValues
from gui.shell.stopping import FAILED, Stopping, leave_at_once
from gui.shell.window import Window

_SETTLED = 1500
"""In milliseconds: who has just started looks at the chain first."""

OFFERED = "lessons/offered"
"""The setting that says that lesson 1 was offered."""

if TYPE_CHECKING:
    from engine import Experiment
    from gui.shell.app import Chainstep


def start(
    experiment: "Experiment | None" = None, file: Path | None = None, lesson: Path | None = None
) -> bool:
    """Open the window, with `experiment` from `file` or a lesson in it; run until it is closed.

    Return whether there was a display to open it on; Qt can be told to do without one. Raises
    SystemExit with the status that a shell expects where a signal, or the display, ended it.
    """
    told = "QT_QPA_PLATFORM" in os.environ
    if sys.platform == "linux" and not told:
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return False
        # Without the last of them, Qt aborts where the display can't be opened.
        os.environ["QT_QPA_PLATFORM"] = "xcb;wayland;offscreen"
    app = bare_application()
    if app.platformName() == "offscreen" and not told:
        return False
    values = SavedValues()
    set_background(app, values.text("look/theme"))
    opening = Opening(app, experiment, file, lesson)
    with opening.stopping.listening():
        opening.show(values)
        ended = app.exec()  # not 0 where the display is gone
    opening.close()
    status = opening.status or ended
    leave_at_once(status)
    if status:
        raise SystemExit(status)
    return True


class Opening(QObject):
    """Shows the bare window, and after its first paint puts the program into it."""

    def __init__(
        self,
        app: QApplication,
        experiment: "Experiment | None",
        file: Path | None,
        lesson: Path | None = None,
    ) -> None:
        super().__init__()
        self._app, self._experiment, self._file, self._asked = app, experiment, file, lesson
        self._window = Window()
        self._program: Chainstep | None = None
        self.status = 0
        self._collector = Collector(self)
        self.stopping = Stopping(self)
        self.stopping.asked.connect(self.stop)
        if sys.platform == "darwin":
            app.installEventFilter(self)  # a file that is double-clicked comes as an event there

    def close(self) -> None:
        """Close the window, if that was not done."""
        self._window.close()

    def stop(self, signal: int) -> None:
        """Close the window and any open dialog, when a signal asks for it."""
        self.status = FAILED + signal
        self.close()
        self._app.exit(self.status)

    def show(self, values: SavedValues) -> None:
        """Show the window where it was last time."""
        self._window.place(values.bytes("window/geometry"))
        self._window.installEventFilter(self)
        self._window.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint, and for files."""
        if event.type() == QEvent.Type.Paint and watched is self._window:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self._fill)
        if isinstance(event, QFileOpenEvent):
            self._open(Path(event.file()))
            return True
        return False

    def _open(self, path: Path) -> None:
        """Open a file in the window, at once or when all is in it."""
        if self._program is None:
            self._asked = path
        else:
            self._program.parts.documents.open_path(path)

    def _fill(self) -> None:
        if self._window.isVisible():  # it may be closed as soon as it is seen
            with guard.kept(self._window):
                self._make_parts()

    def _make_parts(self) -> None:
        from gui.shell.app import Chainstep  # noqa: PLC0415 - after the first paint
        from gui.shell.keeping.keeper import Keeper  # noqa: PLC0415
        from gui.shell.settings import Settings  # noqa: PLC0415
        from gui.state.record import opened  # noqa: PLC0415
        from gui.theme import load_fonts  # noqa: PLC0415

        load_fonts(chinese=False)
        settings = Settings()
        keeper = Keeper(settings.sessions)
        kept, problem = keeper.start(resume=self._experiment is None)
        keeper.adopt(settings)
        look = settings.look(kept.look if kept else None)
        if self._experiment is not None:
            kept = opened(self._experiment, self._file and self._file.absolute())
        self._program = Chainstep(self._app, settings, look, self._window, keeper, kept)
        self._program.session.changed.connect(self._collector.wake)
        self._program.session.tell(problem)
        self._program.asked = self._asked
        self._program.show()
        if kept is None and self._asked is None and not settings.text(OFFERED):
            settings.remember_text(OFFERED, "1")
            QTimer.singleShot(_SETTLED, self._program, self._program.offer_lesson)
