"""What the user sees where a part fails: a sentence in its place, and all else as ever."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FunctionType

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import Shiboken

from engine import Experiment
from engine.experiment import changed
from engine.user_error import Location
from gui.chain.view import ChainView
from gui.commands import run
from gui.errors import guard
from gui.errors.faults import Faults, log_file
from gui.errors.sorry import Sorry
from gui.errors.words import FAILED, SORRY
from gui.formula.view import FormulaView
from gui.panels import NAMES
from gui.panels.code.view import CodeView
from gui.panels.map import worker as mapping
from gui.panels.surface.view import LossSurfaceView
from gui.shell.app import Chainstep
from gui.state import worker
from gui.timeline.strip import Strip
from gui.timeline.view import TimelineView
from gui.widgets.diagram import Diagram

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WAYS: dict[str, Callable[[], object]] = {
    "python": lambda: (*(),)[len("")],
    "c": lambda: 1 // 0,
    "raised": lambda: (_ for _ in ()).throw(RuntimeError("on purpose")),
}
each_way = pytest.mark.parametrize("fails", WAYS.values(), ids=WAYS)


def raising() -> None:
    raise RuntimeError


def failing(way: Callable[[], object]) -> Callable[..., None]:
    def fail(*_given: object, **_named: object) -> None:
        way()

    return fail


def shown(widget: QWidget) -> list[str]:
    """Return the sentences that cover something."""
    return [cover.text() for cover in widget.findChildren(Sorry) if cover.isVisible()]


def steps_on(program: Chainstep) -> bool:
    before = program.session.state.index
    program.parts.actions["next_step"].trigger()
    QApplication.processEvents()
    return program.session.state.index == before + 1


@pytest.fixture
def painters(monkeypatch: pytest.MonkeyPatch) -> dict[type, Callable[[], object]]:
    """How chain and timeline fail to paint, from now on: Qt asks a widget for that only once."""
    ways: dict[type, Callable[[], object]] = {}
    for part in (ChainView, Strip):
        monkeypatch.setattr(part, "paintEvent", _either(part.paintEvent, part, ways))
    return ways


def _either(
    sound: Callable[..., None], part: type, ways: dict[type, Callable[[], object]]
) -> Callable[[QWidget, QEvent], None]:
    def paint(self: QWidget, event: QEvent) -> None:
        if part not in ways:
            sound(self, event)
            return
        painter = QPainter(self)
        painter.save()
        ways[part]()

    return paint


@each_way
@pytest.mark.parametrize("part", [ChainView, Strip])
def test_a_paint_that_raises_paints_a_sentence(
    painters: dict[type, Callable[[], object]],
    program: Chainstep,
    expected: Faults,
    fails: Callable[[], object],
    part: type[QWidget],
) -> None:
    widget = program.window.findChild(part)
    sound = widget.grab().toImage()
    painters[part] = fails
    widget.repaint()
    image = widget.grab().toImage()
    assert image != sound
    # The whole is ground but for the letters.
    assert image.pixelColor(1, 1) == widget.palette().window().color()
    assert steps_on(program)
    assert program.session.state.notice is FAILED
    assert expected.count >= 2
    assert len(expected.noted) == 1, "the same again is noted once"
    painters.clear()
    program.session.step(-1)
    assert widget.grab().toImage() == sound


@each_way
def test_an_item_of_a_plot_that_raises_leaves_a_sentence_in_its_diagram(
    program: Chainstep,
    expected: Faults,
    monkeypatch: pytest.MonkeyPatch,
    fails: Callable[[], object],
) -> None:
    diagram = program.window.findChild(Diagram, "plot loss")

    def drawn() -> QImage:
        for axis in map(diagram.axis, ("left", "bottom")):
            axis.picture = None
            axis.update()
        return diagram.grab().toImage()

    sound = drawn()
    with monkeypatch.context() as broken:
        broken.setattr(pg.AxisItem, "generateDrawSpecs", failing(fails))
        image = drawn()
        assert image.pixelColor(1, 1) == diagram.palette().window().color()
        assert image != sound
        # Qt keeps the picture of an axis: it is not asked to paint itself again.
        assert diagram.grab().toImage() == image
        assert steps_on(program)
        assert diagram.grab().toImage() == image
    assert expected.count
    program.session.step(-1)
    QApplication.processEvents()
    assert drawn() == sound


@each_way
@pytest.mark.parametrize("name", ["resizeEvent", "event", "sizeHint", "eventFilter"])
def test_no_other_function_of_qt_lets_an_exception_out(
    qtbot: QtBot, expected: Faults, fails: Callable[[], object], name: str
) -> None:
    on = [True]

    def fail(self: QLabel, *given: object) -> object:
        return fails() if on else getattr(QLabel, name)(self, *given)

    widget = type("Broken", (QLabel,), {name: fail})()
    qtbot.addWidget(widget)
    widget.installEventFilter(widget)
    widget.show()
    widget.resize(300, 200)
    widget.adjustSize()
    QApplication.processEvents()
    on.clear()
    assert expected.count


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("taken_apart", [True, False], ids=["taken apart", "alive"])
def test_what_python_collects_is_no_fault(expected: Faults, *, taken_apart: bool) -> None:
    """Until Qt hears of it, what has lost all that it held goes on filtering events."""

    class Filter(QObject):
        def __init__(self) -> None:
            super().__init__()
            self.kept = self.removed = 0

        def eventFilter(self, _watched: QObject, _event: QEvent) -> bool:  # noqa: N802
            return bool(self.kept + self.removed)

    watched, watching = QObject(), Filter()
    watched.installEventFilter(watching)
    del watching.removed
    if taken_apart:
        vars(watching).clear()
    QApplication.sendEvent(watched, QEvent(QEvent.Type.User))
    assert expected.count == (0 if taken_apart else 1)


def test_all_that_the_program_overrides_is_guarded(program: Chainstep) -> None:
    for name in NAMES:
        program.parts.show_panel(name)
    QApplication.processEvents()
    called_from_python = {
        *("parent", "scene", "update", "setPos", "setVisible", "focusNextPrevChild", "items")
    }
    missing = set()
    for cls in guard._made_of(Shiboken.Object):
        if not cls.__module__.startswith("gui."):
            continue
        qt = next(base for base in cls.__mro__ if base.__module__.startswith("PySide6"))
        for name, value in vars(cls).items():
            overrides = isinstance(value, FunctionType) and hasattr(qt, name)
            known = hasattr(value, "guarded") or name in called_from_python
            if overrides and not known and not name.startswith("__"):
                missing.add(f"{cls.__name__}.{name}")
    assert not missing, "add them to gui.errors.guard, or to those that Qt never calls"


def test_a_panel_that_raises_leaves_no_other_under_its_tab(
    program: Chainstep,
    expected: Faults,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    former = program.window.findChild(QWidget, "chain rule")
    assert former.isVisible()
    with monkeypatch.context() as broken:
        broken.setattr(LossSurfaceView, "present", failing(WAYS["c"]))
        program.parts.show_panel("surface")
        QApplication.processEvents()
        assert not former.isVisible()
        assert shown(program.parts.panels) == [SORRY]
        assert program.parts.panels.done
        assert steps_on(program)
    assert expected.noted[0].part == "surface"
    program.session.step(1)
    assert program.window.findChild(LossSurfaceView).isVisible(), "it tries again"
    assert not shown(program.parts.panels)


def test_a_panel_that_cannot_be_made_is_a_sentence_too(
    program: Chainstep, expected: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setitem(sys.modules, "gui.panels.map.view", None)
        program.parts.show_panel("map")
        assert shown(program.parts.panels) == [SORRY]
    assert (
        "ImportError" in expected.noted[0].details or "ModuleNotFound" in expected.noted[0].details
    )
    program.session.set_look(language="zh_CN")
    assert not shown(program.parts.panels)


@pytest.mark.parametrize("part", [ChainView, FormulaView, TimelineView])
def test_a_part_that_cannot_show_a_state_is_covered_until_it_can(
    program: Chainstep,
    expected: Faults,
    monkeypatch: pytest.MonkeyPatch,
    part: type[QWidget],
) -> None:
    widget = program.window.findChild(part)
    program.session.set_look(language="zh_CN")
    with monkeypatch.context() as broken:
        broken.setattr(part, "present", failing(WAYS["c"]))
        assert steps_on(program)
        (text,) = shown(widget)
        assert text.startswith("这一部分无法显示")
        (cover,) = widget.findChildren(Sorry)
        assert cover.size() == widget.size()
        program.window.resize(1200, 800)
        QApplication.processEvents()
        assert cover.size() == widget.size()
    assert expected.count
    program.session.step(1)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shown(widget)


def test_plots_that_cannot_be_imported_are_tried_again(
    qapp: QApplication,
    qtbot: QtBot,
    expected: Faults,
    monkeypatch: pytest.MonkeyPatch,
    settings: object,
    look: object,
) -> None:
    program = Chainstep(qapp, settings, look)  # type: ignore[arg-type]
    qtbot.addWidget(program.window)
    with monkeypatch.context() as broken:
        broken.setitem(sys.modules, "gui.plots.view", None)
        program.add_parts()
        program.window.resize(1440, 900)
        program.window.show()
        assert shown(program.window.plots_dock) == [SORRY]
        assert steps_on(program)
    assert expected.count
    program.session.step(1)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shown(program.window.plots_dock)
    assert program.window.findChild(QWidget, "plots").isVisible()
    program.session.close()


def test_a_training_that_breaks_ends_and_says_so(
    program: Chainstep,
    qtbot: QtBot,
    expected: Faults,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(worker, "train", failing(WAYS["c"]))
    program.session.change(Location("epochs"), 30_000)
    qtbot.waitUntil(lambda: program.session.state.progress is None)
    assert program.session.state.experiment == Experiment()
    qtbot.waitUntil(lambda: program.session.state.notice is FAILED)
    assert expected.noted[0].part == "training"
    assert steps_on(program)


def test_a_map_that_breaks_ends_and_says_so(
    program: Chainstep,
    qtbot: QtBot,
    expected: Faults,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mapping, "trainability", failing(WAYS["c"]))
    program.parts.show_panel("map")
    qtbot.waitUntil(lambda: program.parts.panels.done)
    assert expected.noted[0].part == "map"
    texts = [label.text() for label in program.parts.panels.findChildren(QLabel)]
    assert SORRY in texts


def test_a_report_tells_what_failed_and_what_was_open(
    program: Chainstep, qtbot: QtBot, expected: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_file().unlink(missing_ok=True)
    QApplication.processEvents()
    program.session.replace_experiment(changed(Experiment(), Location("learning_rate"), 0.0123))
    with monkeypatch.context() as broken:
        broken.setattr(CodeView, "present", failing(WAYS["c"]))
        program.parts.show_panel("code")
        for _ in range(9):
            program.session.step(1)
    assert log_file().read_text("utf-8").count("Traceback") == 1
    program.parts.actions["report"].trigger()
    dialog = program.window.findChild(QDialog, "report dialog")
    text = dialog.findChild(QPlainTextEdit).toPlainText()
    for told in ("ZeroDivisionError", "Traceback", '"learning_rate": 0.0123', "PySide6", "Python"):
        assert told in text, told
    assert any(str(log_file()) in label.text() for label in dialog.findChildren(QLabel))
    copy = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Copy all")
    qtbot.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == text
    dialog.close()
    assert {fault.part for fault in expected.noted} == {"code"}


def test_a_report_tells_the_versions_where_nothing_failed(program: Chainstep) -> None:
    log_file().unlink(missing_ok=True)
    program.session.set_look(language="zh_CN")
    program.parts.actions["report"].trigger()
    dialog = program.window.findChild(QDialog, "report dialog")
    text = dialog.findChild(QPlainTextEdit).toPlainText()
    assert "pyqtgraph 0." in text
    told, _ = json.JSONDecoder().raw_decode(text[text.index("{") :])
    assert told["experiment"]["epochs"] == Experiment().epochs
    dialog.close()


def test_the_file_of_faults_stays_small(
    expected: Faults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    def endless(depth: int) -> None:
        endless(depth + 1)

    for number in range(60):
        with expected.kept_in(f"part {number}"):
            endless(0)
    files = list(tmp_path.rglob("*"))
    assert sum(file.stat().st_size for file in files if file.is_file()) < 700_000
    assert log_file().parent == tmp_path / "chainstep"


def test_a_state_folder_that_cannot_be_written_disturbs_nobody(
    expected: Faults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("no folder")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "taken"))
    with expected.kept_in("part"):
        WAYS["c"]()
    assert expected.noted[0].part == "part"


def test_a_picture_of_something_else_is_not_written(
    expected: Faults,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(CodeView, "present", failing(WAYS["c"]))
    out = tmp_path / "p.png"
    assert run(["picture", str(out), "--panel", "code"]) == 1
    assert not out.exists()
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert str(log_file()) in told.err
    assert "Traceback" not in told.err
    assert expected.count


def test_a_command_that_breaks_is_one_line_and_a_status(
    expected: Faults, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("engine.commands.train.train", failing(WAYS["c"]))
    assert run(["train"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("chainstep train: ZeroDivisionError")
    assert told.err.count("\n") == 1
    assert expected.count == 1


SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication
from gui.{module} import {part}
from gui.__main__ import main

def fail(self, *given):
    painter = QPainter(self) if "{name}" == "paintEvent" else None
    1 / 0

{part}.{name} = fail
import gui.shell.start
show = gui.shell.start.Opening.show
def shown(self, store):
    show(self, store)
    app = QApplication.instance()
    self.timer = QTimer(interval=1500, singleShot=True)
    self.timer.timeout.connect(self._window.close)
    self.timer.start()
gui.shell.start.Opening.show = shown
sys.exit(main([]))
"""


@pytest.mark.parametrize(
    ("module", "part", "name"),
    [
        ("chain.view", "ChainView", "paintEvent"),
        ("widgets.button", "Button", "sizeHint"),
        ("shell.app", "Chainstep", "__init__"),
    ],
)
def test_the_window_outlives_it_from_start_to_end(
    tmp_path: Path, module: str, part: str, name: str
) -> None:
    script = SCRIPT.format(module=module, part=part, name=name)
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
        env={
            **os.environ,
            "XDG_STATE_HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path),
            "LC_ALL": "C.UTF-8",
        },
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert "ZeroDivisionError" in (tmp_path / "chainstep" / "problems.log").read_text("utf-8")


@pytest.mark.parametrize(
    "options",
    [
        ["--sample", "1", "1e78"],
        ["--weights", "2e9", "0.5", "--activation", "tanh", "--epochs", "5"],
        ["--layers", "1", "--sample", "1", "1.5e154"],
        ["--weights", "1e-160", "--sample", "1e-160", "1e-160", "--epochs", "5"],
    ],
)
def test_a_picture_of_extremes_is_one_without_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    out = tmp_path / "p.png"
    assert run(["picture", str(out), "--panel", "surface", *options]) == 0
    assert capsys.readouterr() == ("", "")
    assert out.read_bytes().startswith(b"\x89PNG")
