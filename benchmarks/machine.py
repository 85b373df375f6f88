"""What the figures were measured on, and C programs built for it."""

import ctypes
import os
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

FLAGS = ("-O3", "-march=native", "-ffp-contract=off")


def described() -> str:
    """Return what this machine is: processor, cores, system, and the programs that matter."""
    packages = ((name, _version(name)) for name in ("numpy", "numba", "PySide6-Essentials"))
    programs = [f"{name} {number}" for name, number in packages if number]
    return "\n".join(
        (
            f"{_processor()}, {os.cpu_count()} cores, {platform.platform(terse=True)}",
            f"Python {platform.python_version()}, {', '.join(programs)}; {_gcc() or 'no gcc'}",
        )
    )


def _processor() -> str:
    """Return the processor's name, which Python itself tells on few systems."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text("utf-8").splitlines() if told.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _gcc() -> str:
    gcc = shutil.which("gcc")
    if gcc is None:
        return ""
    done = subprocess.run([gcc, "--version"], capture_output=True, check=True, text=True)  # noqa: S603
    return done.stdout.splitlines()[0]


@contextmanager
def built(name: str) -> Iterator[ctypes.CDLL | None]:
    """Build `name`.c, beside this file, and yield it; None where there is no gcc."""
    gcc = shutil.which("gcc")
    if gcc is None:
        yield None
        return
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, library = Path(__file__).with_name(f"{name}.c"), Path(folder) / f"{name}.so"
        shared = ("-shared", "-fPIC", "-pthread")
        command = [gcc, *FLAGS, *shared, str(source), "-o", str(library)]
        subprocess.run(command, check=True)  # noqa: S603
        yield ctypes.CDLL(str(library))
