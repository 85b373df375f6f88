"""The bundle as it is tried: started from an empty folder, perhaps in a bare system."""

import os
import shutil
import subprocess
from pathlib import Path

from bundling.making import FOLDER

_PROGRESS = ("% done", "so far", "nearly done")
PATIENCE = 60
"""In seconds: a machine that builds bundles may be slow."""


class Fault(Exception):  # noqa: N818 - it is told as one
    """What is wrong with a bundle, in a sentence."""


class Bundle:
    """The program in dist/chainstep, run in an empty folder, perhaps in another root."""

    def __init__(self, root: Path | None, place: Path) -> None:
        self._root, self.place = root, place
        name = "chainstep.exe" if os.name == "nt" else "chainstep"
        if root is None:
            self._command = [str(FOLDER / name)]
        else:
            target = root / "opt" / "chainstep"
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(FOLDER, target, symlinks=True)
            self._command = ["chroot", str(root), "/opt/chainstep/chainstep"]

    def file(self, name: str) -> str:
        """Return the path of a file of the test, as the program sees it."""
        path = self.place / name
        return str(path) if self._root is None else f"/{path.relative_to(self._root)}"

    def environment(self, **variables: str) -> dict[str, str]:
        """Return what a program that was started by hand gets to see, and no Python's variables."""
        home = self.file("")
        given = {"HOME": home, "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home}
        given |= {"XDG_STATE_HOME": home, "XDG_CACHE_HOME": home, "XDG_RUNTIME_DIR": home}
        kept = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "USERPROFILE", "APPDATA", "LOCALAPPDATA")
        return {name: os.environ[name] for name in kept if name in os.environ} | given | variables

    def __call__(self, *words: str, status: int = 0) -> str:
        """Run a command; return what it prints. Raises `Fault` for anything else that it says."""
        done = subprocess.run(
            [*self._command, *words],
            env=self.environment(),
            capture_output=True,
            check=False,
            timeout=PATIENCE * 5,
        )
        told = done.stderr.decode(errors="replace").splitlines()
        told = [line for line in told if not any(sign in line for sign in _PROGRESS)]
        if done.returncode != status or (told and not status):
            raise Fault(f"{' '.join(words)}: status {done.returncode}\n" + "\n".join(told))
        return done.stdout.decode("utf-8")

    def start(self, *words: str, **variables: str) -> subprocess.Popen[bytes]:
        """Start the window."""
        return subprocess.Popen(
            [*self._command, *words], env=self.environment(**variables), stderr=subprocess.PIPE
        )
