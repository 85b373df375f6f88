"""What every test with a window needs: no display, the bundled fonts, and nobody's settings."""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

_HOME = tempfile.mkdtemp(prefix="chainstep-tests-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
# Before Qt starts, and for every program that a test starts.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["XDG_CONFIG_HOME"] = _HOME
os.environ["XDG_STATE_HOME"] = str(Path(_HOME, "state"))
os.environ["XDG_DATA_HOME"] = str(Path(_HOME, "data"))

import pytest  # noqa: E402 - Qt must find its environment
from PySide6.QtCore import QEvent, QSettings, Qt  # noqa: E402
from PySide6.QtGui import QPainter  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from gui import theme  # noqa: E402
from gui.chain.shapes import Placed, draw_shapes  # noqa: E402
from gui.errors import guard  # noqa: E402
from gui.errors.faults import Faults, faults  # noqa: E402
from gui.language import catalogues  # noqa: E402
from gui.shell.app import Chainstep  # noqa: E402
from gui.shell.garbage import collect_due  # noqa: E402
from gui.shell.settings import Settings  # noqa: E402
from gui.state import Look  # noqa: E402
from tests.gui.language import pseudo  # noqa: E402

guard.watch()
gc.disable()

_LOOK = Look(language="en", theme="light", movement=False)


@pytest.fixture
def expected() -> Iterator[Faults]:
    """What the guard caught, for a test in which something fails that the user should not feel."""
    yield faults
    _forget()


@pytest.fixture(autouse=True)
def _nothing_fails_unseen(request: pytest.FixtureRequest) -> Iterator[None]:
    """The guard hides nothing from a test: a fault that it did not ask for is an error."""
    _forget()
    yield
    if "expected" not in request.fixturenames:
        found = [fault.details for fault in faults.noted]
        _forget()
        assert not found, "\n".join(found)


def _forget() -> None:
    faults.count = 0
    faults.noted.clear()
    faults._times.clear()


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["chainstep"]


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The one application, in Chainstep's style and with its fonts."""
    qapp.setApplicationName("Chainstep")
    qapp.setStyle("Fusion")
    theme.load_fonts(chinese=False)
    theme.load_fonts(chinese=True)
    theme.apply(qapp, theme.dressed(_LOOK))
    return qapp


@pytest.fixture(autouse=True)
def _garbage_of_a_test_goes_after_it() -> Iterator[None]:
    """As in the program, no thread but the window's deletes widgets."""
    yield
    collect_due()


@pytest.fixture(autouse=True)
def _nothing_lies_over_the_next_window() -> Iterator[None]:
    """A menu or a tool tip that was left open would take the mouse of the next test."""
    yield
    if QApplication.instance() is not None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.hide()
        for one in QApplication.topLevelWidgets():
            if one.windowType() is Qt.WindowType.ToolTip:
                one.hide()


@pytest.fixture(autouse=True)
def _no_button_stays_pressed() -> Iterator[None]:
    """QTest remembers a button that was not let go, and a slider is not dragged with two held."""
    yield
    if QApplication.instance() is not None:
        elsewhere, buttons = QWidget(), Qt.MouseButton
        for button in (buttons.LeftButton, buttons.MiddleButton, buttons.RightButton):
            QTest.mouseRelease(elsewhere, button)


@pytest.fixture(autouse=True)
def _no_window_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program keeps its window for good; of hundreds, each would make the next one slower."""
    monkeypatch.setattr(gc, "freeze", lambda: None)


@pytest.fixture
def pseudo_language(tmp_path: Path) -> Iterator[str]:
    """The code of one language more; the catalogues stand in a folder of the test meanwhile."""
    folder = tmp_path / "translations"
    shutil.copytree(catalogues.FOLDER, folder)
    pseudo.write_catalogue(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(catalogues, "FOLDER", folder)
        _forget_languages()
        yield pseudo.CODE
    _forget_languages()


def _forget_languages() -> None:
    catalogues.languages.cache_clear()
    catalogues.speech.cache_clear()


@pytest.fixture
def handles(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """For each time that the boxes of a chain are drawn, whether one looks as if it is dragged."""
    found: list[bool] = []

    def drawn(painter: QPainter, shapes: Iterable[Placed]) -> None:
        placed = list(shapes)
        found.append(any(one.shape.handle for one in placed))
        draw_shapes(painter, placed)

    monkeypatch.setattr("gui.chain.painting.draw_shapes", drawn)
    return found


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    """An empty file of settings."""
    return QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def settings(store: QSettings) -> Settings:
    return Settings(store)


@pytest.fixture
def look() -> Look:
    """How `program` looks at first; a test that wants another look overrides this fixture."""
    return _LOOK


@pytest.fixture
def program(
    qapp: QApplication, qtbot: QtBot, settings: Settings, look: Look
) -> Iterator[Chainstep]:
    """The whole program, shown at 1440 × 900 with its plots, at the opening experiment."""
    program = Chainstep(qapp, settings, look)
    with qtbot.waitExposed(program.window):
        program.show()
    program.window.chain.removeEventFilter(program)  # or the first paint would bring them again
    if program._parts is None:
        program.add_parts()
    qapp.processEvents()
    while not program.parts.panels.done:
        qapp.processEvents()
    yield program
    program.window.close()
    program.session.close()
    program.window.deleteLater()
    qapp.processEvents()
    # Left to the next test, that would dress all its widgets once more.
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    # A part alone looks the same in the next test, whatever was chosen in this one.
    theme.apply(qapp, theme.dressed(_LOOK))
