"""An X display of its own, on which nothing else is shown."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


def absent(*programs: str) -> list[str]:
    """Return those of these programs that can't be found."""
    return [name for name in programs if not shutil.which(name)]


@contextmanager
def x_display(width: int, height: int, *others: tuple[int, int]) -> Iterator[str]:
    """Start an X server, with more screens if wanted, and give its name.

    It chooses a number that nobody uses.
    """
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-nolisten", "tcp"]
    for k, (across, down) in enumerate([(width, height), *others]):
        command += ["-screen", str(k), f"{across}x{down}x24"]
    server = subprocess.Popen(
        command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            number = pipe.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)
