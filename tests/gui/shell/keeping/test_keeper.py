"""The whole program: killed, asked to end, started twice, with a broken session."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from engine import Experiment
from engine.files.experiment_file import save, to_json
from gui.shell.keeping.keeper import Keeper
from gui.shell.saved_values import Unkept
from gui.shell.settings import Settings

ROOT = Path(__file__).parents[4]

DRIVEN = """
import sys, threading
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog
import gui.shell.app, gui.shell.keeping.keeper
from engine import Experiment
from engine.user_error import Location

class Orders(QObject):
    came = Signal(str)

orders, known = Orders(), {}

def obey(line):
    try:
        print(repr(eval(line, known)), flush=True)
    except Exception as fault:
        print("RAISED", repr(fault), flush=True)

def listen():
    for line in sys.stdin:
        orders.came.emit(line)

put_in_order = gui.shell.app.Chainstep._put_in_order

def ready(program):
    put_in_order(program)
    known.update(globals(), program=program, session=program.session, window=program.window)
    orders.came.connect(obey)
    threading.Thread(target=listen, daemon=True).start()
    print("ready", flush=True)

gui.shell.app.Chainstep._put_in_order = ready
gui.shell.keeping.keeper.PAUSE = 100
from gui.__main__ import main
sys.exit(main())
"""


class Home:
    """A user's home, in which windows are started; what is left at the end is killed."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.windows = folder, list["Running"]()

    def start(self, *arguments: object) -> "Running":
        window = Running(self.folder, *arguments)
        self.windows.append(window)
        return window


class Running:
    """A window in a process of its own, that does what it is told and answers."""

    def __init__(self, folder: Path, *arguments: object) -> None:
        places = {f"XDG_{n}_HOME": str(folder / n) for n in ("CONFIG", "STATE", "DATA")}
        self.process = subprocess.Popen(
            [sys.executable, "-c", DRIVEN, *map(str, arguments)],
            env={**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n", self.errors()

    def do(self, order: str) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(order + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().strip()
        assert not answer.startswith("RAISED"), answer
        return answer

    def errors(self) -> str:
        assert self.process.stderr is not None
        known = "This plugin does not support propagateSizeHints()\n"  # offscreen, of dialogs
        return self.process.stderr.read().replace(known, "")

    def send(self, number: int) -> int:
        """Send a signal; return the status, if nothing was said."""
        self.process.send_signal(number)
        status = self.process.wait(60)
        assert self.errors() == ""
        return status

    def end(self) -> None:
        self.process.kill()
        self.process.communicate()

    def stands(self) -> str:
        """Return what is to come back; a screen without a display has no room for the window."""
        return self.do("window.windowTitle(), session.kept(), window.plots_dock.isHidden()")


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path)
    yield home
    for window in home.windows:
        window.end()


def wait_for(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


WORK = (
    "session.change(Location('weights', 0), -0.0)",
    "session.settle()",
    "session.change(Location('epochs'), 33)",
    "session.keep_reference()",
    "session.undo()",
    "session.seek(77)",
    "session.set_look(panel='numbers', language='zh_CN', theme='dark', epsilon=0.01, speed=9.0)",
    "window.plots_dock.hide()",
    "window.resize(1100, 720)",
)


def worked(window: Running) -> str:
    for order in WORK:
        window.do(order)
    return window.stands()


def kept(home: Home) -> str:
    return "".join(p.read_text() for p in home.folder.glob("STATE/chainstep/sessions/*.json"))


def test_however_it_ends_the_window_comes_back_as_it_stood(home: Home) -> None:
    window = home.start()
    stood = worked(window)
    wait_for(lambda: '"numbers"' in kept(home))
    wait_for(lambda: window.do("program._keeper._timer.isActive()") == "False")
    window.do("program._keeper._writer.finish(60)")
    assert window.send(signal.SIGKILL) == -signal.SIGKILL
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        window = home.start()
        assert window.stands() == stood
        # Undone and done again just before: nothing was written meanwhile.
        window.do("session.undo(), session.redo(), session.redo(), session.undo()")
        window.do("session.seek(77)")
        stood = window.stands()
        assert window.send(number) == 128 + number
    assert "weights=(-0.0," in stood


DIALOG = "QTimer.singleShot(0, lambda: QFileDialog.getOpenFileName(window))"
BUSY = {
    "playing": f"session.set_look(speed=50_000.0), session.play(True), {DIALOG}",
    "training": "session.replace_experiment(Experiment(epochs=400_000_000))",
}


@pytest.mark.parametrize("order", BUSY.values(), ids=BUSY)
def test_ctrl_c_ends_it_whatever_it_does(home: Home, order: str) -> None:
    window = home.start()
    window.do(order)
    time.sleep(0.5)
    assert window.send(signal.SIGINT) == 130


def test_a_long_training_is_under_way_again_at_the_same_place(home: Home) -> None:
    window = home.start()
    window.do("session.replace_experiment(Experiment(epochs=60_000))")
    wait_for(lambda: window.do("session.state.progress") == "None")
    window.do("session.seek(1_400_001)")
    window.send(signal.SIGTERM)
    again = home.start()
    wait_for(lambda: again.do("session.state.progress") == "None")
    assert again.do("session.state.index, session.state.last, session.state.playing") == (
        "(1400001, 1560000, False)"
    )


def test_two_windows_keep_each_its_own(home: Home) -> None:
    one, two = home.start(), home.start()
    assert two.do("session.state.experiment == Experiment()") == "True"
    one.do("session.change(Location('epochs'), 11), session.set_look(theme='dark')")
    two.do("session.change(Location('epochs'), 22), session.set_look(language='zh_CN')")
    assert one.send(signal.SIGTERM) == 143
    time.sleep(0.05)
    assert two.send(signal.SIGTERM) == 143
    again = home.start()
    look = "session.state.look.theme, session.state.look.language"
    assert again.do(look) == "('dark', 'zh_CN')"
    assert again.do("session.state.experiment.epochs") == "22"
    assert again.do("[e.document.experiment.epochs for e in program._keeper.recent()]") == "[11]"


def test_a_file_opens_instead_and_what_was_there_is_listed(home: Home, tmp_path: Path) -> None:
    save(Experiment(epochs=5), tmp_path / "mine.json")
    first = home.start(tmp_path / "mine.json")
    first.do("session.change(Location('epochs'), 6)")
    first.send(signal.SIGINT)
    second = home.start("--preset", "tanh")
    assert second.do("window.windowTitle()") == "'A chain with tanh – Chainstep'"
    entry = second.do("program.parts.menus._recent._menu.actions()[0].text()")
    assert entry.startswith("'mine.json, with changes that are not saved, today ")
    second.do("program.parts.documents.recall(program._keeper.recent()[0])")
    assert second.do("window.windowTitle()") == "'• mine – Chainstep'"


def test_what_version_0_1_kept_is_listed_and_a_broken_session_is_told(home: Home) -> None:
    text = to_json(Experiment(epochs=321)).replace("\n", "\\n").replace('"', '\\"')
    place = home.folder / "CONFIG" / "Chainstep"
    place.mkdir(parents=True)
    (place / "Chainstep.conf").write_text(f'[experiment]\nlast="{text}"\n')
    window = home.start()
    assert window.do("[e.document.experiment.epochs for e in program._keeper.recent()]") == "[321]"
    assert window.do("session.state.experiment == Experiment()") == "True"
    window.do("session.change(Location('epochs'), 11)")
    window.send(signal.SIGTERM)
    (path,) = home.folder.glob("STATE/chainstep/sessions/*.json")
    path.write_text(path.read_text()[:-20])
    again = home.start()
    assert "damaged" in again.do("str(session.state.notice)")
    assert again.do("session.state.experiment == Experiment()") == "True"
    assert again.do("[e.document.experiment.epochs for e in program._keeper.recent()]") == "[321]"


class InRegistry(Unkept):
    """Settings as they are on Windows."""

    def fileName(self) -> str:  # noqa: N802
        return r"\HKEY_CURRENT_USER\Software\Chainstep\Chainstep"


@pytest.mark.usefixtures("qapp")
def test_it_is_listed_too_where_settings_are_in_no_file_as_on_windows(tmp_path: Path) -> None:
    settings = Settings(InRegistry())
    settings.remember_text("experiment/last", to_json(Experiment(epochs=321)))
    keeper = Keeper(tmp_path)
    keeper.adopt(settings)
    assert [entry.document.experiment.epochs for entry in keeper.recent()] == [321]
    keeper.close()
    assert settings.text("experiment/last") == ""


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no Unix permissions")
def test_where_nothing_can_be_kept_the_window_says_so_once_and_works(home: Home) -> None:
    (home.folder / "STATE").write_text("no folder")
    window = home.start()
    assert "save it to a file" in window.do("str(session.state.notice)")
    window.do("session.change(Location('epochs'), 11)")
    window.do("program.parts.documents.new()")
    time.sleep(0.5)
    assert window.do("session.state.notice") == "None"
    assert window.do("[e.document.experiment.epochs for e in program._keeper.recent()]") == "[11]"
    assert window.send(signal.SIGINT) == 130
