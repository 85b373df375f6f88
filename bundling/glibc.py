"""How new a C library the files of a bundle need: that decides on which systems it runs."""

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

OF_QT = "2.34"
"""What PySide6 itself needs, as its wheels are labelled."""


def order(number: str) -> tuple[int, ...]:
    """Return what versions are compared by: "2.4" is before "2.34"."""
    return tuple(map(int, number.split(".")))


def needed(paths: Iterable[Path]) -> tuple[str, list[str]]:
    """Return the newest version of the C library that one of these asks for, and which ones do."""
    asking = defaultdict[str, set[str]](set, {OF_QT: {"Qt"}})
    for path in paths:
        for number in re.findall(rb"GLIBC_(2\.\d+)\0", path.read_bytes()):
            asking[number.decode()].add(path.name)
    newest = max(asking, key=order)
    return newest, sorted(asking[newest])
