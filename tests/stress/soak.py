"""A long play at top speed: memory, threads and open files stay what they were."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.stress.window import environment
from tests.tools.display import absent, x_display

WARM = 600.0
"""In seconds: what is kept for later has been filled by then."""

MORE = 1.03
"""By such a factor the memory may be larger at the end than when it was warm."""


def run(seed: int, seconds: float) -> str:
    """Play for some time; raise AssertionError where something goes on growing."""
    lacks = absent("Xvfb")
    assert not lacks, "Xvfb can't be found (on Debian: sudo apt-get install xvfb)"
    warm = min(WARM, seconds / 2)
    with tempfile.TemporaryDirectory(prefix="chainstep-stress-") as folder:
        home = Path(folder)
        home.chmod(0o700)
        with x_display(1440, 900) as name:
            words = ["-P", "-m", "tests.stress.playing", str(seed), str(seconds), str(warm)]
            done = subprocess.run(
                [sys.executable, *words],
                cwd=home,
                env={**os.environ, **environment(home), "DISPLAY": name, "QT_QPA_PLATFORM": "xcb"},
                capture_output=True,
                text=True,
                timeout=seconds + 120,
                check=False,
            )
    assert done.returncode == 0, f"exit status {done.returncode}\n{done.stderr[-4000:]}"
    assert not done.stderr.strip(), done.stderr[-4000:]
    found = json.loads(done.stdout.splitlines()[-1])
    warm_mb, end_mb = found["warm"]["memory"] / 1e6, found["end"]["memory"] / 1e6
    told = (
        f"{found['steps']} steps; {warm_mb:.0f} MB after {warm:.0f} s, {end_mb:.0f} MB at the end"
    )
    assert not found["faults"], "\n".join(found["faults"])
    assert end_mb <= MORE * warm_mb, told
    for kind in ("threads", "handles"):
        before, after = found["warm"][kind], found["end"][kind]
        assert after <= before, f"{told}; {kind}: {before}, then {after}"
    return told
