"""Random command lines: each is carried out, or refused in one clear sentence, within a second."""

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from engine.files.experiment_file import to_json
from tests.stress.files import any_experiment, any_lesson, any_table, broken, is_clear

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = 100
SLOWEST = 1.0
"""In seconds of processor time: how long a refusal may take."""
PATIENCE = 60

VALUES = [
    *("0", "1", "3", "-1", "0.5", "-0.5", "1e-3", "1e999", "nan", "-inf", "5e-324", "0x10", "1_0"),
    *(
        "1,5",
        "1,000",
        "",
        " ",
        "-",
        "--",
        "x",
        "一",
        "３",
        "−2",
        "'",
        "🙂",
        "None",
        "9" * 400,
        "\udcff",
    ),
    *("identity", "relu", "softplus", "backprop", "in_place", "article", "bias_line", "loop"),
]
OPTIONS = {
    "--weights": 3, "--biases": 3, "--layers": 1, "--seed": 1, "--sample": 2, "--samples": 1,
    "--learning-rate": 1, "--epochs": 1, "--activation": 1, "--algorithm": 1, "--file": 1,
    "--preset": 1, "--json": 0, "--csv": 1, "--epsilon": 1, "--form": 1, "--out": 1,
    "--after-update": 0, "--help": 0, "--nope": 1, "--x": 1, "--y": 1, "--size": 1,
}  # fmt: skip
"""How many values an option likes to have."""

TEACHING = {
    "worksheet": (["out.pdf"], "--count --seed --kind --layers --activation --language --paper"),
    "quiz": (["out.xml", "out.gift", "out.txt"], "--lesson --count --language --file --weights"),
    "picture": (
        ["out.png", "out.svg", "out.gif", "out.pdf"],
        "--step --from --to --fps --part --panel --language --theme --size --weights --file",
    ),
    "lesson": (["list", "new", "check", "show", "print"], "--language --out --paper --json"),
    "judge": (["0.5", "1/3", "−2"], "--step --file --weights --sample --json"),
}
"""Commands that have something of their own: what is named first, and their options."""

CHOICES = [
    *("table", "fade", "find", "order", "a4", "letter", "both", "en", "zh_CN", "es", "window"),
    *("chain", "map", "numbers", "dark", "640x480", "1x1", "99999x99999", "lesson.toml", "out.pdf"),
    *("derivatives", "public-derivative", "out.png", "/nope/out.pdf", "out.xml", "1", "2", "13"),
]


def words(draw: random.Random) -> list[str]:
    """Return a command line, mostly with something wrong in it."""
    if draw.random() < 1 / 3:
        return _of_teaching(draw)
    command = draw.choice(["train", "check", "count", "diagnose", "code", "experiment"])
    line = [draw.choice([command] * 12 + ["trian", "", "-"])]
    for _ in range(draw.choice([0, 1, 1, 2, 2, 3, 5])):
        option, count = draw.choice(list(OPTIONS.items()))
        count += draw.choice([0] * 6 + [-1, 1])
        values = ["file.json", "table.csv", "new", "/nope/new", ".", *VALUES]
        line += [option[: draw.choice([40] * 9 + [5])]]
        line += [draw.choice(values) for _ in range(max(0, count))]
    # A long training is no fault.
    return [*line, "--epochs", "2"] if line[0] == command and command != "count" else line


def _of_teaching(draw: random.Random) -> list[str]:
    """Return a command line that writes pages, questions or pictures, or reads a lesson."""
    command, (named, options) = draw.choice(list(TEACHING.items()))
    line = [command, draw.choice([*named * 4, *VALUES])]
    if command == "lesson":
        line += [draw.choice([*CHOICES, *VALUES]) for _ in range(draw.choice([0, 1, 1, 2]))]
    for _ in range(draw.choice([0, 1, 1, 2, 3])):
        line.append(draw.choice([*options.split(), *OPTIONS]))
        line += [draw.choice([*CHOICES, *CHOICES, *VALUES]) for _ in range(draw.choice([0, 1, 1]))]
    return line


def run(seed: int, _seconds: float, commands: int = COMMANDS) -> str:
    """Run command lines; raise AssertionError for the first that is not answered as it should."""
    draw = random.Random(seed)
    refused = 0
    with tempfile.TemporaryDirectory(prefix="chainstep-stress-") as folder:
        here = Path(folder)
        for _ in range(commands):
            (here / "file.json").write_bytes(broken(to_json(any_experiment(draw)), draw))
            (here / "lesson.toml").write_bytes(broken(any_lesson(draw), draw))
            (here / "table.csv").write_bytes(broken(any_table(draw), draw))
            line = words(draw)
            status, said, taken = _run(line, here)
            told = f"chainstep {line}\nexit status {status} after {taken:.1f} s\n{said[-3000:]}"
            assert status in (0, 1, 2), told
            if status == 2:
                refused += 1
                assert said.startswith("chainstep"), told
                assert is_clear(said), told
                assert taken <= SLOWEST, told
            else:
                assert "Traceback" not in said, told
    return f"{commands} command lines, {refused} of them refused"


def _run(line: list[str], here: Path) -> tuple[int, str, float]:
    """Return the exit status, what was said on stderr, and the processor time in seconds."""
    before = os.times()
    done = subprocess.run(
        [sys.executable, "-P", "-m", "gui", *map(os.fsencode, line)],
        cwd=here,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            "QT_QPA_PLATFORM": "offscreen",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
    after = os.times()
    taken = after.children_user + after.children_system - before.children_user
    said = done.stderr.decode("utf-8", "replace").strip()
    return done.returncode, said, taken - before.children_system
