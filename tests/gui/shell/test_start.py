"""gui.shell.start: the window before there is anything in it, and what comes into it."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QFileOpenEvent, QPalette
from PySide6.QtWidgets import QApplication

from engine import Experiment
from engine.files.experiment_file import save
from gui.shell.app import Chainstep
from gui.shell.application import BACKGROUNDS, set_background
from gui.shell.saved_values import SavedValues, Unkept
from gui.shell.start import Opening
from gui.theme import THEMES
from tests.gui.screen import settle

ROOT = Path(__file__).parents[3]

WATCHED = """
import sys
from gui.shell import importing
importing.plainly()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
import gui.shell.start

fill = gui.shell.start.Opening._fill
places, brought = [], []
def seen(self):
    window = self._window
    colours = {window.grab().toImage().pixelColor(x, 300).name() for x in range(0, 1440, 7)}
    late = {"engine", "gui.shell.app", "gui.theme", "gui.state.session", "html"}
    heavy = sorted(late & {*sys.modules})
    print("first", window.windowTitle(), window.width(), window.height(), *colours, heavy)
    from gui.chain.view import ChainView
    paint = ChainView.paintEvent
    late = {"ctypes", "decimal", "fractions", "hashlib", "html", "importlib.resources"}
    late |= {"numpy", "platform", "pyqtgraph", "uuid"}
    def painted(chain, event):
        paint(chain, event)
        if not brought:
            brought.extend(late & {*sys.modules})
            brought.append(sum(name.startswith(("engine", "gui")) for name in sys.modules))
        places.append((chain.mapTo(chain.window(), chain.pos()).x(), chain.width(), chain.height()))
    ChainView.paintEvent = painted
    QTimer.singleShot(2000, later)
    fill(self)
gui.shell.start.Opening._fill = seen
def later():
    window, = (w for w in QApplication.topLevelWidgets() if w.objectName() == "window")
    print("later", window.windowTitle(), window.width(), window.height(), window.chain.isVisible())
    print(*sorted(brought, key=str))
    print(*(max(sides) - min(sides) for sides in zip(*places)))
    QApplication.quit()
print(gui.shell.start.start())
"""


def watched(folder: Path, **values: object) -> list[str]:
    """Start with remembered values; return what was seen at the first paint, and later."""
    kept = QSettings(str(folder / "Chainstep" / "Chainstep.conf"), QSettings.Format.IniFormat)
    for key, value in values.items():
        kept.setValue(key.replace("__", "/"), value)
    kept.sync()
    done = subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", "-c", WATCHED],
        env={"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(folder)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("remembered", "background"),
    [("dark", "#1b1e25"), ("system", "#ffffff")],
)
def test_the_window_is_seen_at_once_on_its_ground(
    tmp_path: Path, remembered: str, background: str
) -> None:
    first, later, brought, moved, opened = watched(tmp_path, look__theme=remembered)
    assert first == f"first Chainstep 1440 900 {background} []"
    assert later == "later The article: learn e = −x – Chainstep 1440 900 True"
    assert int(brought) < 200, "modules of ours, and none that only others need: it starts slowly"
    assert max(map(int, moved.split())) <= 4, "the chain is to keep its place"
    assert opened == "True"


def test_the_ground_is_the_colour_of_the_theme() -> None:
    assert {name: theme.panel for name, theme in THEMES.items()} == dict(BACKGROUNDS)


def background(app: QApplication) -> str:
    """Return the colour of a window's background."""
    return app.palette().window().color().name().upper()


@pytest.mark.parametrize("suggested", ["#202020", "#f0f0f0"])
def test_without_a_choice_the_system_decides(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, suggested: str
) -> None:
    before, own = qapp.palette(), QPalette()
    own.setColor(QPalette.ColorRole.Window, suggested)
    monkeypatch.setattr(type(qapp.style()), "standardPalette", lambda _style: own)
    try:
        set_background(qapp, "system")
        dark = suggested == "#202020"
        assert background(qapp) == BACKGROUNDS["dark" if dark else "light"]
        set_background(qapp, "nonsense")
        assert background(qapp) == BACKGROUNDS["dark" if dark else "light"]
        set_background(qapp, "dark")
        assert background(qapp) == BACKGROUNDS["dark"]
        set_background(qapp, "projector")
        assert background(qapp) == BACKGROUNDS["projector"]
    finally:
        qapp.setPalette(before)


def test_a_window_that_is_closed_at_once_stays_closed(qapp: QApplication) -> None:
    opening = Opening(qapp, None, None)
    opening.show(SavedValues(Unkept()))
    opening._window.close()
    opening._fill()
    assert not opening._window.isVisible()
    assert opening._program is None
    opening._window.deleteLater()
    settle()


def test_a_file_that_the_system_hands_over_is_opened(
    qapp: QApplication, program: Chainstep, tmp_path: Path
) -> None:
    """As macOS does it: by an event, early or late."""
    file = tmp_path / "mine.chainstep"
    save(Experiment(epochs=7), file)
    opening = Opening(qapp, None, None)
    assert opening.eventFilter(qapp, QFileOpenEvent(str(file)))
    assert opening._asked == file
    opening._program = program
    assert opening.eventFilter(qapp, QFileOpenEvent(str(file)))
    assert program.session.state.path == file
    assert program.session.state.experiment.epochs == 7
    opening._window.deleteLater()
    settle()


def test_a_lesson_that_is_opened_by_its_file_stands_beside_the_chain(
    program: Chainstep, tmp_path: Path
) -> None:
    lesson = tmp_path / "mine.chainstep-lesson"
    lesson.write_text((ROOT / "assets/lessons/01-forward.toml").read_text("utf-8"), "utf-8")
    program.asked = lesson
    program._put_in_order()
    assert program.parts.lessons._path == lesson
    assert program.session.state.lesson is not None
