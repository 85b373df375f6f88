"""The letters that the bundled fonts have, read from their files without Qt.

A font of the format TrueType has a table `cmap` with the characters that it knows; see the
OpenType specification, "cmap — Character to Glyph Index Mapping Table", formats 4 and 12.
"""

import struct
from functools import lru_cache
from pathlib import Path

from engine.assets import asset

FONTS = ("ChainstepSans-Regular.ttf", "ChainstepSansSC-Regular.ttf", "ChainstepMath-Regular.ttf")
"""A letter that is in any of these is shown."""

_SEGMENTS, _GROUPS = 4, 12
"""The formats that are read."""


def lacking(text: str) -> str:
    """Return the letters of a text that no bundled font has, each once."""
    known = bundled()
    return "".join(dict.fromkeys(sign for sign in text if sign > " " and ord(sign) not in known))


@lru_cache(maxsize=1)
def bundled() -> frozenset[int]:
    """Return the characters of all bundled fonts; none where a font is missing."""
    found: set[int] = set()
    for name in FONTS:
        path = asset("fonts", name)
        if path.is_file():
            found |= characters(path)
    return frozenset(found)


def characters(path: Path) -> set[int]:
    """Return the characters that a TrueType font has."""
    data = path.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    for i in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, 12 + 16 * i)
        if tag == b"cmap":
            return _mapped(data, start)
    return set()


def _mapped(data: bytes, start: int) -> set[int]:
    found: set[int] = set()
    (subtables,) = struct.unpack_from(">H", data, start + 2)
    for i in range(subtables):
        _, _, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * i)
        (kind,) = struct.unpack_from(">H", data, start + offset)
        if kind == _SEGMENTS:
            found |= _of_segments(data, start + offset)
        elif kind == _GROUPS:
            found |= _of_groups(data, start + offset)
    return found


def _of_segments(data: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    ends = struct.unpack_from(f">{twice // 2}H", data, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", data, at + 16 + twice)
    pairs = zip(starts, ends, strict=True)
    return {code for first, last in pairs for code in range(first, last + 1)} - {0xFFFF}


def _of_groups(data: bytes, at: int) -> set[int]:
    (groups,) = struct.unpack_from(">I", data, at + 12)
    found: set[int] = set()
    for i in range(groups):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * i)
        found.update(range(first, last + 1))
    return found
