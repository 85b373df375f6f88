"""Tries a bundle as its users do: each command, and the window in Chinese."""

import ast
import json
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bundling import glibc, packing
from bundling.making import FOLDER, say
from bundling.smoke_window import window
from bundling.trial import Bundle, Fault

if TYPE_CHECKING:
    from collections.abc import Callable


def _numbers(run: Bundle) -> None:
    told = json.loads(run("train", "--json"))
    _same(told["converged_at"], 191)
    _same(len(run("--version").split()), 2)
    run("check")
    run("diagnose", "--preset", "equal_weights")
    run("count", "--layers", "3", "10")
    run("train", "--layers", "99", "--epochs", "x", status=2)


def _files(run: Bundle) -> None:
    run("experiment", run.file("mine.chainstep"), "--layers", "4", "--seed", "3")
    told = run("train", "--file", run.file("mine.chainstep"))
    _same(told.startswith("4 layers"), True)
    ast.parse(run("code", "--form", "framework"))
    run("train", "--csv", run.file("run.csv"))
    _there(run, "run.csv", 10_000)


def _pictures(run: Bundle) -> None:
    for language in ("en", "zh_CN", "es"):
        name = f"{language}.png"
        run("picture", run.file(name), "--step", "8", "--panel", "code", "--language", language)
        _there(run, name, 50_000)
    run("picture", run.file("chain.svg"), "--part", "chain")
    _there(run, "chain.svg", 5_000)
    run("picture", run.file("steps.gif"), "--to", "3", "--size", "900x600")
    _there(run, "steps.gif", 20_000)
    run("picture", run.file("handout.pdf"), "--theme", "projector")
    _there(run, "handout.pdf", 5_000)
    run("map", run.file("map.png"), "--x", "w1", "-6", "6", "--y", "w2", "-6", "6", "--size", "64")
    _there(run, "map.png", 10_000)
    run("train", "--activation", "tanh", "--epochs", "300000", "--learning-rate", "0.001")


def _lessons(run: Bundle) -> None:
    _same(len(run("lesson", "list").splitlines()) >= 12, True)
    run("lesson", "new", run.file("mine.toml"))
    run("lesson", "check", run.file("mine.toml"))
    run("lesson", "show", "public-derivative")
    run("lesson", "print", "update", run.file("lesson.pdf"), "--language", "zh_CN")
    run("worksheet", run.file("sheet.pdf"), "--language", "both")
    for name in ("lesson.pdf", "sheet.pdf"):
        _there(run, name, 5_000)
    for name in ("quiz.xml", "quiz.gift", "cards.txt"):
        run("quiz", run.file(name))
        _there(run, name, 500)


def _libraries(run: Bundle) -> None:
    """See that each library finds those that it needs, but for what every desktop has."""
    del run
    if sys.platform != "linux":
        return
    missing = set()
    for path in FOLDER.rglob("*.so*"):
        told = subprocess.run(["ldd", str(path)], capture_output=True, text=True, check=False)
        missing |= {line.split()[0] for line in told.stdout.splitlines() if "not found" in line}
    _same(missing, set())


def _glibc(newest: str | None, run: Bundle) -> None:
    """Say how new a C library is needed, and by what; it may be no newer than `newest`."""
    del run
    if sys.platform != "linux":
        return
    number, names = glibc.needed(packing.collected())
    say(f"  glibc {number} is needed by {', '.join(names)}")
    if newest and glibc.order(number) > glibc.order(newest):
        raise Fault(f"glibc {newest} is not enough")


def _there(run: Bundle, name: str, least: int) -> None:
    path = run.place / name
    if not path.is_file() or path.stat().st_size < least:
        raise Fault(f"{name} is missing, or too small")


def _same(found: object, wanted: object) -> None:
    if found != wanted:
        raise Fault(f"{found} instead of {wanted}")


def test(chroot: str | None, newest_glibc: str | None) -> int:
    """Try everything; say what is wrong, and return the exit status."""
    parts: dict[str, Callable[[Bundle], None]] = {
        "numbers": _numbers,
        "files": _files,
        "pictures": _pictures,
        "lessons": _lessons,
        "libraries": _libraries,
        "glibc": partial(_glibc, newest_glibc),
        "window": window,
    }
    root = Path(chroot).resolve() if chroot else None
    faults = 0
    with tempfile.TemporaryDirectory(dir=root and root / "tmp") as place:
        run = Bundle(root, Path(place))
        for name, part in parts.items():
            try:
                began = time.monotonic()
                part(run)
                say(f"{name}: works, {time.monotonic() - began:.1f} s")
            except Fault as fault:
                faults += 1
                say(f"{name}: {fault}")
    return 1 if faults else 0
