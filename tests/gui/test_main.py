"""gui.__main__: the command `chainstep`, as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import Experiment
from engine.files.experiment_file import save

ROOT = Path(__file__).parents[2]
NO_DISPLAY = "There is no display to open a window on."


def start(
    *arguments: object, display: bool = False, code: str = "", **more: str
) -> "subprocess.CompletedProcess[str]":
    """Run `python -m gui …`, or `code`, with no display unless there is to be one."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    program = ["-c", code] if code else ["-m", "gui"]
    return subprocess.run(
        [sys.executable, "-X", "dev", "-W", "error", *program, *map(str, arguments)],
        env=kept | ({"QT_QPA_PLATFORM": "offscreen"} if display else {}) | more,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def one_line(done: "subprocess.CompletedProcess[str]") -> str:
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


@pytest.mark.parametrize(
    "arguments",
    [["train", "--epochs", "1"], ["check"], ["--help"], ["picture", "--help"], ["train", "--more"]],
)
def test_what_needs_no_window_never_sees_qt(arguments: list[str]) -> None:
    done = start(
        code="import sys\nfrom gui.__main__ import main\n"
        f"status = main({arguments!r})\n"
        "heavy = {'PySide6', 'shiboken6', 'pyqtgraph', 'numpy'} & {*sys.modules}\n"
        "print('LOADED', sorted(heavy))\nsys.exit(status)"
    )
    assert done.stdout.endswith("LOADED []\n")
    assert done.returncode == (2 if "--more" in arguments else 0)


def test_help_names_the_commands() -> None:
    done = start("--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: chainstep [FILE | --preset NAME] | chainstep")
    for word in ("train", "check", "picture"):
        assert word in done.stdout


def test_train_prints_what_the_engine_does() -> None:
    done = start("train")
    assert (done.returncode, done.stderr) == (0, "")
    assert "converged at epoch 191" in done.stdout


@pytest.mark.parametrize("arguments", [[], ["window"]])
def test_without_a_display_one_line_says_so(arguments: list[str]) -> None:
    assert NO_DISPLAY in one_line(start(*arguments))


def test_a_missing_file_is_told_before_a_missing_display() -> None:
    assert "no.json: No such file" in one_line(start("no.json"))


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_display_that_can_not_be_opened_is_no_crash(name: str) -> None:
    done = start(**{name: ":9876"})
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(NO_DISPLAY)


def test_a_file_that_does_not_exist(tmp_path: Path) -> None:
    said = one_line(start(tmp_path / "nothing.json", display=True))
    assert said == f"chainstep: {tmp_path}/nothing.json: No such file or directory\n"


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{}", b"[", b"\xff\xfe", b"\x00" * 9, b'{"format": "chainstep experiment"}'),
        b'{"format": "chainstep experiment", "version": 1, "experiment": {"weights": []}}',
    ],
)
def test_a_broken_file_is_one_line(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(content)
    assert one_line(start(path, display=True)).startswith("chainstep: ")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert "Is a directory" in one_line(start(tmp_path, display=True))


@pytest.mark.parametrize(
    "arguments",
    [
        *(["a.json", "b.json"], ["--nothing"], ["train", "--epochs", "many"], ["-x"]),
        *(["--preset", "nothing"], ["--preset"], ["--preset", "tanh", "a.json"]),
    ],
)
def test_wrong_arguments_are_one_line(arguments: list[str]) -> None:
    assert one_line(start(*arguments, display=True)).startswith("chainstep")


@pytest.mark.parametrize(
    ("arguments", "title"),
    [(["mine.json"], "mine"), (["--preset", "dead_relu"], "A dead ReLU")],
)
def test_the_window_opens_with_a_file_or_a_preset_and_closes(
    arguments: list[str], title: str, tmp_path: Path
) -> None:
    save(Experiment(epochs=7), tmp_path / "mine.json")
    given = [str(tmp_path / a) if a.endswith(".json") else a for a in arguments]
    done = start(
        display=True,
        XDG_CONFIG_HOME=str(tmp_path),
        code="import sys\n"
        "from PySide6.QtCore import QTimer\n"
        "from gui.shell.app import application\nfrom gui.__main__ import main\n"
        "app = application()\n"
        "def close():\n"
        "    window = next(w for w in app.topLevelWidgets() if w.objectName() == 'window')\n"
        "    print(window.windowTitle())\n"
        "    window.close()\n"
        "QTimer.singleShot(1500, close)\n"
        f"sys.exit(main({given!r}))\n",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{title} – Chainstep\n"


@pytest.mark.parametrize("ending", ["chainstep-lesson", "toml"])
def test_a_lesson_with_a_fault_is_refused_by_its_name(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"mine.{ending}"
    path.write_text("format = 1\n", "utf-8")
    done = start(str(path))
    assert done.returncode == 2
    assert done.stderr.startswith("chainstep: ")
    assert f"mine.{ending}" in done.stderr
    assert done.stderr.count("\n") == 1
