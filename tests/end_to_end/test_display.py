"""The real program on a real X display, moved by real keys and looked at from outside."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from engine import Experiment
from engine.files.experiment_file import load, save
from tests.tools.display import absent, x_display

ROOT = Path(__file__).resolve().parents[2]
WIDTH, HEIGHT = 1024, 700
SCREENSHOT = Path(__file__).with_name("screenshot.py")

FINDS_GUI = {**os.environ, "PYTHONPATH": str(ROOT)}

pytestmark = pytest.mark.display


@pytest.fixture(autouse=True)
def _programs() -> None:
    lacks = absent("Xvfb", "xdotool")
    if lacks:
        reason = f"{' and '.join(lacks)} can't be found"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}, though this is CI")
        pytest.skip(reason)


class Display:
    """An X display of its own, with the program on it."""

    def __init__(self, environment: dict[str, str], folder: Path) -> None:
        self._environment, self._folder = environment, folder
        self._taken = 0

    def xdotool(self, *words: object) -> str:
        """Run xdotool; return what it prints."""
        command = ["xdotool", *map(str, words)]
        done = subprocess.run(
            command, env=self._environment, check=True, capture_output=True, text=True, timeout=20
        )
        return done.stdout

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        self.xdotool("key", "--delay", "30", *keys)

    def click(self, x: int, y: int) -> None:
        """Click somewhere on the screen."""
        self.xdotool("mousemove", x, y, "click", "1")

    def picture(self) -> QImage:
        """Return what is to be seen."""
        self._taken += 1
        target = self._folder / f"screen-{self._taken}.png"
        subprocess.run(
            [sys.executable, str(SCREENSHOT), str(target)],
            env={**self._environment, "QT_QPA_PLATFORM": "xcb"},
            check=True,
            timeout=20,
        )
        return QImage(str(target))


@pytest.fixture
def started(tmp_path: Path) -> Iterator[tuple[Display, Path, "subprocess.Popen[bytes]"]]:
    """The program with the opening experiment out of a file, filling the whole screen."""
    settings = tmp_path / "config" / "Chainstep"
    settings.mkdir(parents=True)
    (settings / "Chainstep.conf").write_text(
        "[look]\nlanguage=en\ntheme=light\nmovement=false\n", encoding="utf-8"
    )
    file = tmp_path / "article.json"
    save(Experiment(), file)
    with x_display(WIDTH, HEIGHT) as number:
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("QT_", "WAYLAND"))}
        environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "DISPLAY": number,
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_RUNTIME_DIR": str(tmp_path),
        }
        tmp_path.chmod(0o700)
        log = (tmp_path / "log.txt").open("wb")
        program = subprocess.Popen(
            [sys.executable, "-P", "-m", "gui", str(file)],
            cwd=ROOT,
            env=environment,
            stdout=log,
            stderr=log,
        )
        display = Display(environment, tmp_path)
        try:
            window = first_window(display)
            # There is no window manager: put the window where and as large as it is compared.
            display.xdotool("windowmove", window, 0, 0)
            display.xdotool("windowsize", "--sync", window, WIDTH, HEIGHT)
            time.sleep(1)
            yield display, file, program
        finally:
            program.terminate()
            program.wait(20)
            log.close()


def first_window(display: Display) -> str:
    """Wait for the window of the program."""
    wait_for(lambda: bool(windows(display)), "its window did not appear")
    return windows(display)[0]


def windows(display: Display) -> list[str]:
    """Return the visible windows of the program."""
    try:
        return display.xdotool("search", "--onlyvisible", "--name", "Chainstep").split()
    except subprocess.CalledProcessError:
        return []


def wait_for(condition: Callable[[], bool], complaint: str, seconds: float = 60) -> None:
    """Wait until something has come about."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, complaint
        time.sleep(0.1)


def expected(file: Path, step: int, folder: Path) -> QImage:
    """Return what `chainstep picture` says the window shows at a step."""
    target = folder / f"expected-{step}.png"
    size = f"{WIDTH}x{HEIGHT}"
    words = ["picture", str(target), "--step", str(step), "--size", size, "--file", str(file)]
    subprocess.run(
        [sys.executable, "-P", "-m", "gui", *words], env=FINDS_GUI, check=True, timeout=60
    )
    return QImage(str(target))


def middle(shown: QImage) -> "np.typing.NDArray[np.int16]":
    """Return the pixels below the bar: in the bar stands the name of the file."""
    shown = shown.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(shown.constBits(), np.uint8).reshape(shown.height(), -1, 4)
    return rows[75:, :, :3].astype(np.int16)


def share(one: QImage, other: QImage) -> float:
    """Return the share of pixels that differ noticeably."""
    return float((np.abs(middle(one) - middle(other)) > 48).any(axis=2).mean())


def test_stepping_and_editing_by_real_keys(
    started: tuple[Display, Path, "subprocess.Popen[bytes]"], tmp_path: Path
) -> None:
    display, file, program = started
    display.xdotool("mousemove", WIDTH - 1, HEIGHT - 1)
    ready = expected(file, 0, tmp_path)
    wait_for(lambda: share(display.picture(), ready) < 0.01, "the window is not complete")
    display.click(700, 498)  # an empty place: the window gets the keys
    position = 0
    pictures = {}
    for step in (2, 8, 12):
        display.press(*["Right"] * (step - position))
        position = step
        display.xdotool("mousemove", WIDTH - 1, HEIGHT - 1)
        wanted = pictures[step] = expected(file, step, tmp_path)
        wait_for(
            lambda wanted=wanted: share(display.picture(), wanted) < 0.01,
            f"step {step} does not look as chainstep picture draws it: see {tmp_path}",
        )
    assert share(pictures[8], pictures[12]) > 0.01
    display.press("Left", "Left", "Left", "Left")
    wait_for(lambda: share(display.picture(), pictures[8]) < 0.01, "the way back looks otherwise")

    # Tab walks to the first weight; typing replaces it, and Enter gives the keys back.
    display.click(240, 333)
    display.press("ctrl+a")
    display.xdotool("type", "--delay", "30", "0,75")
    display.press("Return", "ctrl+s")
    wait_for(lambda: load(file).weights[0] == 0.75, "the edit was not saved")
    assert load(file) == Experiment(weights=(0.75, -0.233, -0.52133))
    display.press("ctrl+q")
    assert program.wait(20) == 0
    assert (tmp_path / "log.txt").read_text(encoding="utf-8") == ""
