"""Saving that is broken off: whatever happens, the old or the new file stands there, whole."""

import errno
import os
import random
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path

from engine.files.experiment_file import load, save, to_json
from tests.stress.files import any_experiment

ATTEMPTS = 200
FAILURES = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.EMFILE, errno.ENOENT]
TOUCHING = ("open", "os.")
"""How the audit events begin that are raised before the system is asked for something."""

SAVED, REFUSED = 0, 3


def run(seed: int, _seconds: float, attempts: int = ATTEMPTS) -> str:
    """Break savings off; raise AssertionError where a file is lost."""
    draw = random.Random(seed)
    endings = dict.fromkeys(("saved", "refused", "killed"), 0)
    with tempfile.TemporaryDirectory(prefix="chainstep-stress-") as folder:
        path = Path(folder, "mine.json")
        old = any_experiment(draw)
        save(old, path)
        for _ in range(attempts):
            new = any_experiment(draw)
            how, at, code = (
                draw.choice(["fail", "die", "full", "kill"]),
                draw.randint(1, 14),
                draw.choice(FAILURES),
            )
            writer = os.fork()
            if not writer:
                _write(new, path, how, at, code)
            if how == "kill":
                time.sleep(draw.random() * 0.004)
                os.kill(writer, signal.SIGKILL)
            status = os.waitstatus_to_exitcode(os.waitpid(writer, 0)[1])
            told = f"{how} at {at}, {errno.errorcode[code]}: ended with {status}"
            assert status in (SAVED, REFUSED, -signal.SIGKILL), told
            found = path.read_text("utf-8")
            assert found in (to_json(old), to_json(new)), f"{told}\n{found[:2000]}"
            assert status != SAVED or found == to_json(new), f"{told}, but the old file is there"
            endings[
                "saved" if status == SAVED else "refused" if status == REFUSED else "killed"
            ] += 1
            old = load(path)
        save(old, path)
        left = [other.name for other in path.parent.iterdir() if other != path]
        assert not left, f"left behind: {left}"
    return ", ".join(f"{count} {ending}" for ending, count in endings.items())


def _write(experiment: object, path: Path, how: str, at: int, code: int) -> None:
    """Save, in a process of its own in which the system fails; never return."""
    seen = 0

    def fail(event: str, _arguments: tuple[object, ...]) -> None:
        nonlocal seen
        seen += event.startswith(TOUCHING)
        if seen == at and event.startswith(TOUCHING):
            if how == "die":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(code, os.strerror(code))

    status = SAVED
    try:
        if how == "full":
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (17 * at, 17 * at))
        elif how != "kill":
            sys.addaudithook(fail)
        save(experiment, path)  # type: ignore[arg-type] - any experiment
    except OSError:
        status = REFUSED
    except BaseException as raised:  # noqa: BLE001 - this process is not the test's
        sys.stderr.write(f"{raised!r}\n")
        status = 1
    os._exit(status)
