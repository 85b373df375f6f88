"""Makes the folder of a bundle, in an environment of its own, and tells what is in it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "bundling"
BUILD, DIST = ROOT / "build", ROOT / "dist"
FOLDER = DIST / "chainstep"
INSIDE = FOLDER / "_internal"

_BUILDERS = ("pyinstaller>=6.16,<7", 'lief>=0.16,<2; sys_platform == "linux"')


def say(text: str) -> None:
    """Tell how far it is."""
    print(text, file=sys.stderr, flush=True)


def run(*words: str | Path, **variables: str) -> None:
    """Run a command in sight; stop with its status where it fails.

    It runs in a folder without chainstep.py, which would be taken for what is installed.
    """
    BUILD.mkdir(exist_ok=True)
    environment = {**os.environ, **variables}
    done = subprocess.run(list(map(str, words)), env=environment, cwd=BUILD, check=False)
    if done.returncode:
        sys.exit(f"{Path(words[0]).name} failed (exit status {done.returncode}).")


def environment() -> Path:
    """Make an environment with Chainstep as it is installed, without Numba; return its Python."""
    place = BUILD / "environment"
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    say("Installing Chainstep and PyInstaller into an environment of their own …")
    run(sys.executable, "-m", "venv", "--clear", place)
    quiet: tuple[str, ...] = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    wheels = os.environ.get("CHAINSTEP_WHEELS") or str(ROOT / "wheels")
    if any(Path(wheels).glob("*.whl")):
        quiet = (*quiet, "--no-index", "--find-links", wheels)
    run(python, *quiet, ROOT, *_BUILDERS)
    return python


def folder(python: Path) -> None:
    """Make dist/chainstep (on macOS Chainstep.app too) with the Python of that environment."""
    say("Making the folder …")
    made = HERE / "frozen" / "made"
    run(python, HERE / "icons.py", made, QT_QPA_PLATFORM="offscreen")
    spec = HERE / "frozen" / "chainstep.spec"
    places = ("--distpath", DIST, "--workpath", BUILD / "pyinstaller")
    run(python, "-m", "PyInstaller", "-y", "--log-level", "ERROR", *places, spec)
    if sys.platform == "linux":
        own = [*INSIDE.glob("libpython*.so*"), *INSIDE.glob("python*/lib-dynload/*.so")]
        _strip(own)
        run(python, HERE / "frozen" / "older.py", *own)


def _strip(own: list[Path]) -> None:
    """Leave out what debuggers alone need; of Python only: NumPy's OpenBLAS does not survive it."""
    if shutil.which("strip") is None:
        say("There is no `strip` (of binutils): the bundle is some 20 MB larger.")
        return
    # A Python that was stripped by its maker may not survive it again.
    run("strip", "--strip-unneeded", *(path for path in own if b".symtab" in path.read_bytes()))


_CONTENTS = """
import json
from importlib.metadata import distribution
names = ("chainstep", "PySide6-Essentials", "shiboken6", "pyqtgraph", "numpy", "colorama")
told = []
for name in names:
    made = distribution(name)
    meta = made.metadata
    told.append([name, made.version, meta.get("License-Expression") or meta.get("License") or ""])
print(json.dumps(told))
"""


def contents(python: Path) -> list[tuple[str, str, str]]:
    """Return name, version and licence of each package in the bundle, and of Python."""
    text = subprocess.run([python, "-c", _CONTENTS], check=True, capture_output=True, text=True)
    told = [(name, number, _short(licence)) for name, number, licence in json.loads(text.stdout)]
    return [*told, ("CPython", sys.version.split()[0], "PSF-2.0")]


def _short(licence: str) -> str:
    first = (licence.strip().splitlines() or [""])[0]
    return first if len(first) <= 80 else ""
