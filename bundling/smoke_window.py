"""Tries the window of a bundle: in Chinese, on an X server too, where its keys are pressed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import partial

from bundling.making import say
from bundling.trial import PATIENCE, Bundle, Fault

_SAVED = "saved.chainstep"
_SETTLED = 5
"""In seconds: a window that has just appeared does not hear keys yet."""
_WINDOW = ("search", "--onlyvisible", "--name", "Chainstep")


def window(run: Bundle) -> None:
    """Open the window in Chinese; on an X server save, present to a class; end it by a signal."""
    for platform, started in _displays():
        with started as variables:
            if variables is None:
                say(f"  (no {platform} here)")
                continue
            program = run.start(LANG="zh_CN.UTF-8", **variables)
            fault = ""
            try:
                _wait(lambda: list(run.place.rglob("sessions/*.lock")), program, "no window")
                if "DISPLAY" in variables and shutil.which("xdotool"):
                    _press_keys(run, program, variables["DISPLAY"])
                time.sleep(2)
            except Fault as found:
                fault = str(found)
            finally:
                program.send_signal(signal.SIGINT)
                _, told = program.communicate(timeout=PATIENCE)
            if fault or told or program.returncode != 128 + signal.SIGINT:
                raise Fault(f"{platform}: {fault} status {program.returncode}\n{told.decode()}")
        shutil.rmtree(run.place / "chainstep", ignore_errors=True)


def _press_keys(run: Bundle, program: subprocess.Popen[bytes], display: str) -> None:
    shown, act = partial(_titles, display), partial(_xdotool, display)
    _wait(lambda: any(map(_chinese, shown())), program, "no Chinese title")
    time.sleep(_SETTLED)
    # There is no window manager, which would give a window the keys.
    act(*_WINDOW, "windowfocus", "--sync", "%1", "key", "ctrl+shift+s")
    _wait(lambda: any("保存" in title for title in shown()), program, "no dialog to save")
    time.sleep(_SETTLED)
    act("search", "--onlyvisible", "--name", "保存", "windowfocus", "--sync", "%1")
    # While the dialog opened, a key may have stuck, and repeated itself in the name.
    act("keyup", "s", "key", "ctrl+a")
    act("type", "--delay", "30", run.file(_SAVED))
    act("key", "Return")
    _wait((run.place / _SAVED).is_file, program, "nothing was saved")
    run("train", "--file", run.file(_SAVED))
    _wait(lambda: len(shown()) == 1, program, "the dialog stays")
    act(*_WINDOW, "windowfocus", "--sync", "%1", "key", "F5")
    _wait(lambda: len(shown()) == 2, program, "nothing is presented")
    time.sleep(_SETTLED)
    act("key", "--delay", "200", "Page_Down", "c", "shift+c", "Escape")
    _wait(lambda: len(shown()) == 1, program, "it does not leave the presentation")


def _chinese(title: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in title)


def _titles(display: str) -> list[str]:
    """Return the titles of the windows that are to be seen."""
    with suppress(subprocess.CalledProcessError):  # while there is none
        words = ("search", "--onlyvisible", "--name", ".", "getwindowname", "%@")
        return _xdotool(display, *words).splitlines()
    return []


def _xdotool(display: str, *words: str) -> str:
    environment = {**os.environ, "DISPLAY": display}
    done = subprocess.run(["xdotool", *words], env=environment, capture_output=True, check=True)
    return done.stdout.decode()


def _displays() -> Iterator[tuple[str, AbstractContextManager[dict[str, str] | None]]]:
    if os.name == "nt":
        return  # a signal cannot be sent to a window there
    yield "offscreen", _offscreen()
    if sys.platform == "linux":
        yield "X server", _xvfb()


@contextmanager
def _offscreen() -> Iterator[dict[str, str] | None]:
    yield {"QT_QPA_PLATFORM": "offscreen"}


@contextmanager
def _xvfb() -> Iterator[dict[str, str] | None]:
    if shutil.which("Xvfb") is None:
        yield None
        return
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


def _wait(what: Callable[[], object], program: subprocess.Popen[bytes], complaint: str) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end or program.poll() is not None:
            raise Fault(complaint)
        time.sleep(0.2)
