"""What this Chainstep is: its build, and its parts with their licences. Knows no Qt."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version

from engine.words import mark
from gui.language import Say
from gui.language.joining import labelled, listed
from gui.resources import asset

_PACKAGES = (
    ("PySide6-Essentials", "Qt, PySide6", "LGPL-3.0"),
    ("pyqtgraph", "pyqtgraph", "MIT"),
    ("numpy", "NumPy", "BSD-3-Clause"),
    ("numba", "Numba", "BSD-2-Clause"),
)
_FONTS = ("Inter", "Noto Sans SC", "STIX Two", "JetBrains Mono")


def build(say: Say) -> str:
    """Return in which form this Chainstep came, and for which system it runs."""
    if getattr(sys, "frozen", False):
        form = mark("bundle")
    elif asset().parent.joinpath("pyproject.toml").is_file():
        form = mark("folder of the sources")
    else:
        form = mark("installed package")
    return listed((say(form), platform.system(), platform.machine()), say)


def parts(say: Say) -> tuple[str, ...]:
    """Return a line for each part: its name and version, and its licence."""
    lines = [("Chainstep", "MIT"), (f"Python {platform.python_version()}", "PSF-2.0")]
    for package, name, licence in _PACKAGES:
        try:
            lines.append((f"{name} {version(package)}", licence))
        except PackageNotFoundError:
            continue
    lines.append((say(mark("Fonts {names}")).format(names=listed(_FONTS, say)), "OFL-1.1"))
    lines.append((say(mark("Icons {names}")).format(names="Lucide"), "ISC"))
    return tuple(labelled(name, licence, say) for name, licence in lines)
