"""Broken files: each is read, or refused in one clear sentence, within a second."""

import random
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from engine import Experiment, Sample
from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.files import experiment_file, samples_file
from engine.files.tables import table
from engine.teaching.lesson_file import load
from engine.teaching.shelf import shipped, template
from engine.user_error import UserError
from gui.language import languages, sentence
from gui.shell.keeping.text import recent_from, recent_text, session_from, session_text
from gui.state.record import opened

FILES = 4000
LONGEST, SLOWEST = 400, 1.0
"""A sentence has at most so many characters, and comes within so many seconds of the processor."""

PIECES = [
    *("", " ", "\n", "\r\n", "\r", "\t", ",", ";", ".", "'", '"', "\\", "{", "}", "[", "]", ":"),
    *("0", "-0.0", "1e999", "-1e-999", "5e-324", "NaN", "Infinity", "null", "true", "1_000"),
    *("1,000", "1.000,5", "１２", "−3", "٣", "½", "x", "ê", "\ufeff", "\0", "\u2028", "\x1a"),
    *('"weights"', '"biases"', '"version": 99', "#", "sep=;", "=1+1", "🙂", "\ud7ff", "[" * 3000),
]
BYTES = [b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"\x00", b"\x80", b"\xa3\xac", b"PK\x03\x04"]


def any_number(draw: random.Random) -> float:
    """Return a number of any size."""
    return draw.choice(
        [0.0, 1.0, draw.gauss(0, 1), draw.uniform(-1, 1) * 10 ** draw.randint(-308, 308)]
    )


def any_experiment(draw: random.Random) -> Experiment:
    """Return an experiment that is allowed."""
    layers = draw.randint(1, 5)
    experiment = Experiment(
        [any_number(draw) for _ in range(layers)],
        [Sample(any_number(draw), any_number(draw)) for _ in range(draw.randint(1, 4))],
        epochs=draw.randint(0, 50),
        activation=draw.choice(list(ACTIVATIONS)),
        algorithm=draw.choice(list(ALGORITHMS)),
    )
    biases = tuple(any_number(draw) for _ in range(layers))
    return replace(experiment, biases=biases) if draw.random() < 1 / 2 else experiment


def any_table(draw: random.Random) -> str:
    """Return a table of numbers."""
    between, sign = draw.choice([(",", "."), (";", ","), ("\t", "."), (" ", "."), (";", ".")])
    width = draw.randint(1, 4)
    rows = [
        between.join(f"{any_number(draw):.6g}".replace(".", sign) for _ in range(width))
        for _ in range(draw.randint(1, 30))
    ]
    heads = [
        between.join(draw.choice(["x", "y", "target", "ê", "目标", "id"]) for _ in range(width))
    ]
    return "\n".join(heads * (draw.random() < 1 / 2) + rows) + "\n"


def any_session(draw: random.Random) -> str:
    """Return the text of a session."""
    return session_text(opened(any_experiment(draw)))


def broken(text: str, draw: random.Random) -> bytes:
    """Return a text with something wrong in it, mostly."""
    for _ in range(draw.choice([0, 1, 1, 1, 2, 3, 8])):
        start = draw.randint(0, len(text))
        end = min(len(text), start + draw.choice([0, 0, 1, 2, 5, 40, 400]))
        middle = draw.choice([draw.choice(PIECES), text[end : end + 30], text[start:end] * 2])
        text = text[:start] + middle + text[end:]
    encoding = draw.choice(
        ["utf-8"] * 12 + ["utf-8-sig", "utf-16", "utf-16-le", "gb18030", "cp1252"]
    )
    data = text.encode(encoding, "replace" if encoding == "cp1252" else "surrogatepass")
    if draw.random() < 1 / 8:
        place = draw.randint(0, len(data))
        data = data[:place] + draw.choice(BYTES) + data[place + draw.randint(0, 3) :]
    return data[: draw.randint(0, len(data))] if draw.random() < 1 / 8 else data


def _text(read: Callable[[str], object]) -> Callable[[Path], object]:
    return lambda path: read(path.read_text("utf-8", errors="replace"))


def _recent(draw: random.Random) -> str:
    return recent_text(()) if draw.random() < 1 / 2 else any_session(draw)


def any_lesson(draw: random.Random) -> str:
    """Return a lesson that ships, or a new one."""
    return draw.choice([*(path.read_text("utf-8") for path in shipped()), template()])


READ: dict[str, tuple[Callable[[random.Random], str], Callable[[Path], object]]] = {
    "experiment": (
        lambda draw: experiment_file.to_json(any_experiment(draw)),
        experiment_file.load,
    ),
    "samples": (any_table, samples_file.load_samples),
    "table": (any_table, lambda path: table.read(path.read_bytes())),
    "session": (any_session, _text(session_from)),
    "lesson": (any_lesson, load),
    "recent": (_recent, _text(recent_from)),
}


def is_clear(text: str) -> bool:
    """Whether this is one sentence or two, for a person, and no longer than one reads."""
    technical = re.search(r"Traceback|Error\b|object at 0x|\{\w*\}|<class", text)
    return bool(text.strip()) and "\n" not in text and len(text) <= LONGEST and not technical


def run(seed: int, _seconds: float, files: int = FILES) -> str:
    """Read broken files; raise AssertionError for the first that is not answered as it should."""
    draw = random.Random(seed)
    refused = 0
    with tempfile.TemporaryDirectory(prefix="chainstep-stress-") as folder:
        for _ in range(files):
            kind = draw.choice(list(READ))
            make, read = READ[kind]
            data = broken(make(draw), draw)
            path = Path(folder, "file")
            path.write_bytes(data)
            start = time.process_time()
            try:
                read(path)
            except UserError as fault:
                refused += 1
                told = [sentence(fault, language) for language in languages()]
                assert all(map(is_clear, told)), f"{kind} {data!r}\n{told}"
            except Exception as raised:
                raise AssertionError(f"{kind} {data!r}\n{raised!r}") from raised
            taken = time.process_time() - start
            assert taken <= SLOWEST, f"{kind} {data[:2000]!r} took {taken:.1f} s"
    return f"{files} files, {refused} of them refused"
