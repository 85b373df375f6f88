"""Random events on a real display: the program is started, and `clicking` uses it from within."""

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.tools.display import absent, x_display

ROOT = Path(__file__).resolve().parents[2]
EVENTS = 4000
SLOWEST = 250
"""In milliseconds: within such a time the window has to answer."""
PATIENCE = 20 * 60


def environment(home: Path) -> dict[str, str]:
    """Return variables under which a program finds nobody's settings and work."""
    kept = {n: v for n, v in os.environ.items() if not n.startswith(("QT_", "WAYLAND", "XDG_"))}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "HOME": str(home),
        "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home),
    }


_OF_QT = ("Mouse event", "QFont::setPointSizeF: Point size <= 0 (-0.25")
"""QTest says where nothing takes a click; Qt's dialog of a printer's properties draws a page in a
quarter of the program's type, whose size it takes for one in points."""


def run(seed: int, _seconds: float, events: int = EVENTS) -> str:
    """Let a window have random events; raise AssertionError where it does not stand them."""
    lacks = absent("Xvfb")
    assert not lacks, "Xvfb can't be found (on Debian: sudo apt-get install xvfb)"
    draw = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="chainstep-stress-") as folder:
        home = Path(folder)
        home.chmod(0o700)
        for name in ("here", "bin"):
            (home / name).mkdir()
        # What opens a folder for the user.
        (home / "bin" / "xdg-open").write_text("#!/bin/sh\n")
        (home / "bin" / "xdg-open").chmod(0o755)
        width, height = draw.choice([(1024, 768), (1366, 768), (1920, 1080)])
        # Half of them have a screen for the class.
        others = draw.choice([(), ((1024, 768),)])
        with x_display(width, height, *others) as name:
            command = [sys.executable, "-P", "-m", "tests.stress.clicking", str(seed), str(events)]
            done = subprocess.run(
                command,
                cwd=home / "here",
                env={**environment(home), "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"},
                capture_output=True,
                text=True,
                errors="replace",
                timeout=PATIENCE,
                check=False,
            )
    said = "\n".join(line for line in done.stderr.splitlines() if not line.startswith(_OF_QT))
    told = done.stdout.strip().splitlines()
    assert done.returncode == 0, f"exit status {done.returncode} after {told[-1:]}\n{said[-4000:]}"
    assert not said.strip(), said[-4000:]
    found = json.loads(told[-1])
    assert not found["faults"], "\n".join(found["faults"])
    late = [
        f"answered after {waited} ms, {worked} of them at work: {what}"
        for waited, worked, what in found["slowest"]
        if waited > SLOWEST
    ]
    assert not late, "\n".join(late)
    return f"{found['events']} events, the slowest answer after {found['slowest'][0][0]} ms"
