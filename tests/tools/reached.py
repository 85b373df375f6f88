"""Run all tests, and tell which lines and branches of the sources none of them reaches.

  python3 run.py coverage           all tests; other words are those of pytest
  python3 run.py coverage --report  tell again what the last run found

It fails where a test does, and below 97 % of the engine or 92 % of the window, lines and branches
taken together.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

LEAST = {"engine": 97.0, "gui": 92.0}
FOUND = Path(".coverage")


def call(*words: str) -> int:
    """Run coverage in sight of the user, and return its exit status."""
    return subprocess.call([sys.executable, "-P", "-m", "coverage", *words])


def run(words: list[str]) -> int:
    """Run the tests; return the exit status of pytest."""
    shutil.rmtree(FOUND, ignore_errors=True)
    FOUND.mkdir()
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    status = call("run", "-m", "pytest", "-n", "auto", *words)
    return call("combine", "--quiet") or status


def total(folder: str) -> float:
    """Return how many percent of a folder's lines and branches were reached."""
    told = ["report", "--format=total", "--precision=1", f"--include={folder}/*"]
    command = [sys.executable, "-P", "-m", "coverage", *told]
    return float(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def main(words: list[str]) -> int:
    """Do what the command line asks for; return the exit status."""
    if words in (["-h"], ["--help"]):
        print(__doc__.strip())
        return 0
    os.chdir(Path(__file__).resolve().parents[2])
    status = 0 if words == ["--report"] else run(words)
    if call("report"):
        return 1
    print()
    for folder, least in LEAST.items():
        reached = total(folder)
        print(f"{folder:6} {reached:5.1f} %, at least {least:g} %")
        status = status or int(reached < least)
    if status:
        print("Too little is reached, or a test failed: see above.")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
