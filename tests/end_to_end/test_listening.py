"""The real program, heard by a screen reader of our own over AT-SPI, and moved by real keys."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from engine import Experiment, train
from engine.moment import moment_at
from engine.quantities import Quantity
from gui.language.numbers import POINT, rounded
from tests.end_to_end.test_display import ROOT
from tests.gui.sighted import numbers
from tests.tools.display import absent, x_display

SYSTEM_PYTHON = "/usr/bin/python3"
LISTENER, WATCHED = (Path(__file__).with_name(name) for name in ("listener.py", "watched.py"))
PROGRAMS = ("Xvfb", "xdotool", "dbus-run-session")
BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
PANELS = ("Check", "Code", "Numbers", "Diagnosis", "Surface", "Map", "Chain rule")
CONTROLS = {"push button", "toggle button", "check box", "radio button", "page tab", "slider"}
CONTROLS |= {"combo box", "text", "entry", "spin button", "table", "list"}
CONTROLS |= {"list item"}
READABLE = {"label", "panel", "chart"}
"""What takes the focus to be read, or to be walked through."""

BOXED = {Quantity.OUTPUT, Quantity.WEIGHT, Quantity.LOSS, Quantity.UPSTREAM, Quantity.GRADIENT}

pytestmark = pytest.mark.display


@pytest.fixture(autouse=True)
def _programs() -> None:
    lacks = absent(*PROGRAMS)
    spi = not Path("/usr/libexec/at-spi-bus-launcher").exists()
    if spi or subprocess.run([SYSTEM_PYTHON, "-c", BINDINGS], stderr=-3, check=False).returncode:
        lacks.append("at-spi2-core with python3-gi and gir1.2-atspi-2.0")
    if lacks:
        reason = f"{' and '.join(lacks)} can't be found"
        if os.environ.get("CI"):
            pytest.fail(f"{reason}, though this is CI")
        pytest.skip(reason)


class Reader:
    """What a screen reader asks and hears."""

    def __init__(self, environment: dict[str, str], program: "subprocess.Popen[str]") -> None:
        self._environment, self._program = environment, program
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, str(LISTENER)],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert self._answer() == "ready"

    def _answer(self) -> Any:  # noqa: ANN401 - JSON
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the program, or the reader, has ended"
        return json.loads(line)

    def ask(self, what: str, word: object = "") -> Any:  # noqa: ANN401 - JSON
        """Have the reader do something, and return its answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([what, word]) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def seen(self) -> list[str]:
        """Return the texts that are to be seen in the window now."""
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._program.stdin.write("seen\n")
        self._program.stdin.flush()
        found: list[str] = json.loads(self._program.stdout.readline())
        return found

    def press(self, *keys: str) -> None:
        """Press keys in the window."""
        subprocess.run(["xdotool", "key", *keys], env=self._environment, check=True, timeout=20)

    def end(self) -> None:
        """Let go."""
        self._process.kill()
        self._process.communicate()


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    """A session bus of its own with the program on it, and a reader that listens."""
    settings = tmp_path / "config" / "Chainstep"
    settings.mkdir(parents=True)
    (settings / "Chainstep.conf").write_text(
        "[look]\nlanguage=en\ntheme=light\nmovement=false\n", encoding="utf-8"
    )
    tmp_path.chmod(0o700)
    with x_display(1440, 900) as number:
        kept = {n: v for n, v in os.environ.items() if not n.startswith(("QT_", "WAYLAND"))}
        environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "DISPLAY": number,
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "XDG_RUNTIME_DIR": str(tmp_path),
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        bus = subprocess.Popen(
            ["dbus-run-session", "--", "sh", "-c", "echo $DBUS_SESSION_BUS_ADDRESS; read _"],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert bus.stdin is not None
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        program = subprocess.Popen(
            [sys.executable, "-P", str(WATCHED)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        listening = None
        try:
            listening = Reader({**environment, "PYTHONPATH": ""}, program)
            find = ["xdotool", "search", "--sync", "--onlyvisible", "--name", "Chainstep"]
            window = subprocess.run(
                find, env=environment, check=True, timeout=20, capture_output=True, text=True
            ).stdout.split()[0]
            size = ["windowsize", window, "1440", "900"]
            subprocess.run(["xdotool", *size], env=environment, check=True, timeout=20)
            subprocess.run(["xdotool", "windowfocus", window], env=environment, check=True)
            yield listening
            assert program.poll() is None
        finally:
            program.terminate()
            program.communicate(timeout=20)
            if listening is not None:
                listening.end()
            # Its shell ends with its input, and it with its shell. What it started may still hold
            # its output.
            bus.stdin.close()
            bus.wait(20)
            bus.stdout.close()


def texts(parts: list[dict[str, Any]]) -> str:
    return "\n".join(f"{part['name']}\n{part['description']}\n{part['text']}" for part in parts)


def wait_for_panels(reader: Reader) -> None:
    end = time.monotonic() + 20
    while not any(part["role"] == "page tab" for part in reader.ask("parts")):
        assert time.monotonic() < end, "the panels did not come"
        time.sleep(0.1)


def test_each_step_is_said_once_with_every_number_of_the_chain(reader: Reader) -> None:
    wait_for_panels(reader)
    run, sentences = train(Experiment()), []
    for index in range(1, 14):
        reader.press("Right")
        said = reader.ask("said", 0.1)
        assert len(said) == 1, (index, said)
        sentences += said
        moment = moment_at(run, index)
        told = texts(reader.ask("parts", "Chain of neurons"))
        known = [
            value
            for name, value in moment.numbers.items()
            if name.quantity in BOXED and value is not None
        ]
        for value in known:
            assert rounded(value, 5, POINT) in told or f"{value:g}" in told, (index, value)
        assert told.count(": not computed yet") == 14 - len(known)
    assert len(set(sentences)) == 13
    assert sentences[7].endswith("∂L/∂w₂ = ∂L/∂z · y = −0.53610 × 0.23330 = −0.12507")
    reader.press(*["Left"] * 5)
    reader.ask("said", 0.3)
    every_panel(reader)


def test_practice_a_lesson_and_a_presentation_are_heard(reader: Reader) -> None:
    wait_for_panels(reader)
    found: list[object] = []

    def strike(*keys: str, says: str = "") -> None:
        reader.press(*keys)
        said = reader.ask("said", 0.2)
        if len(said) > 1 or says not in "".join(said):
            found.append((keys, said))
        found.extend((keys, lack) for lack in lacking(reader))

    reader.press(*["Right"] * 4, "ctrl+t")
    reader.ask("said", 0.3)
    reader.press("Right")  # asks: the focus is heard
    strike("7", "7", "Return", says="Not yet.")
    typed = [one for one in reader.ask("parts") if one["text"] == "77"]
    assert [one["role"] for one in typed] == ["text"]
    assert "∂L/∂e" in typed[0]["name"]
    strike("F3", says="Hint.")
    reader.press("ctrl+t")
    reader.ask("said", 0.3)
    reader.press("ctrl+l")
    strike("Down", "Down", "Return", says="Watch.")
    strike("ctrl+Next", says="?")
    strike("1", "2", "Return", says="Not yet.")
    strike("ctrl+a", "minus", "2", "4", "Return", says="✓ Right.")
    strike("F5", says="in large type")
    strike("Right")
    strike("v", says="first round")
    strike("a", says="A: 1 hand")
    strike("r", says="right")
    assert found == []


def lacking(reader: Reader) -> list[object]:
    """Return the numbers that are seen and not told, and what takes the focus without a name."""
    seen, parts = at_one_moment(reader)
    assert len(seen) > 5
    full = (text for text in seen if not text.startswith("≈"))
    numbers_seen = Counter(numbers("\n".join(full).replace("w < 0", "w")))
    lacks = numbers_seen - Counter(numbers(texts(parts)))
    return [*lacks.elements(), *(part for part in parts if part["focusable"] and not named(part))]


def at_one_moment(reader: Reader) -> tuple[list[str], list[dict[str, Any]]]:
    """Return what is to be seen and what is told, while nothing changes: a map takes its time."""
    end, seen = time.monotonic() + 20, reader.seen()
    while True:
        parts, still = reader.ask("parts"), reader.seen()
        if seen == still:
            return seen, parts
        assert time.monotonic() < end, "something goes on changing"
        seen = still


def every_panel(reader: Reader) -> None:
    """At one step, every panel: all numbers of the window, names and roles of all controls.

    The other steps of all panels are measured within the process, by tests/gui/test_reachable.py.
    """
    lacking: list[tuple[str, object]] = []
    for panel in PANELS:
        reader.ask("press", panel)
        time.sleep(0.4)
        seen, parts = at_one_moment(reader)
        lacks = Counter(numbers("\n".join(seen))) - Counter(numbers(texts(parts)))
        assert len(seen) > 60, panel
        lacking += [(panel, number) for number in lacks.elements()]
        lacking += [(panel, part) for part in parts if part["focusable"] and not named(part)]
        tabs = [part["name"] for part in parts if part["role"] == "page tab"]
        assert sorted(tabs) == sorted(PANELS)
    assert lacking == []


def named(part: dict[str, Any]) -> bool:
    """Tell whether a part that takes the focus has a name, and the role of something that does."""
    if part["role"] == "table cell":
        return True  # one may be empty
    if part["role"] not in CONTROLS | READABLE:
        return False
    return bool(part["labels"] if part["role"] == "combo box" else part["name"])
