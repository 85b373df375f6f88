"""Clocks: several things in turns, and programs in processes of their own."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

TRIES = 7


def in_turns(*acts: Callable[[], object], tries: int = TRIES) -> list[float]:
    """Do each in turn, so many times, and return the median time of each in seconds."""
    taken: list[list[float]] = [[] for _ in acts]
    for _ in range(tries):
        for act, times in zip(acts, taken, strict=True):
            times.append(seconds_of(act))
    return [statistics.median(times) for times in taken]


def seconds_of(act: Callable[[], object]) -> float:
    """Do it once and return how long that took."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def in_own_process(*words: str) -> Any:  # noqa: ANN401 - JSON may be anything
    """Run Python with these words and return what it prints last, read as JSON.

    A window is shown offscreen, unless QT_QPA_PLATFORM says otherwise; no settings are there.
    """
    with tempfile.TemporaryDirectory() as settings:
        env = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "XDG_CONFIG_HOME": settings}
        # As for anybody who starts it a second time: the bytecode is there.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        done = subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, *words],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
            cwd=ROOT,
            env=env,
        )
    return json.loads(done.stdout.splitlines()[-1])
