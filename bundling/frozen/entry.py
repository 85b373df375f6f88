"""What the program in a bundle starts with."""

import locale
import os
import sys
from importlib import import_module
from pathlib import Path

_SETTING = ("LC_ALL", "LC_CTYPE", "LANG")


def prepare_linux() -> None:
    """Give Qt what a bare system lacks: a locale with UTF-8, as Python itself would, and fonts."""
    chosen = next((os.environ[name] for name in _SETTING if os.environ.get(name)), "C")
    try:
        locale.setlocale(locale.LC_ALL, "")
        there = chosen not in ("C", "POSIX")
    except locale.Error:
        there = False
        # The system speaks this language, but its locale was never made there.
        os.environ.setdefault("LANGUAGE", chosen.partition(".")[0])
    if not there:
        os.environ["LC_ALL"] = "C.UTF-8"
    locale.setlocale(locale.LC_ALL, "C")
    locale.setlocale(locale.LC_CTYPE, "")
    if not Path("/etc/fonts/fonts.conf").exists():
        os.environ.setdefault("FONTCONFIG_FILE", str(Path(__file__).with_name("fonts.conf")))


if __name__ == "__main__":
    if sys.platform == "linux":
        prepare_linux()
    sys.exit(import_module("chainstep.gui.__main__").main())
