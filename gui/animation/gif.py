"""Animations as GIF: one palette for all frames, and of each frame only what is new. No Qt.

Qt reads GIF and does not write it; Pillow does, but would add 7 MB to every bundle for these lines.
The format is that of the specification GIF89a.
"""

from collections.abc import Iterable, Iterator
from struct import pack
from typing import TYPE_CHECKING

import numpy as np

from gui.animation.lzw import compressed, in_blocks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint32]
    """A picture, a row each: 0xRRGGBB."""

_COLOURS = 255
"""The number of colours; one more index is for what stays as it was."""

_SPREAD = 160
"""So many of them are the most frequent ones of different kinds, the others of all."""

_EACH = 0xFFFFFF


class Palette:
    """The colours of an animation, taken from some of its frames."""

    def __init__(self, frames: Iterable["Pixels"]) -> None:
        colours, counts = _counted(frames)
        order = np.argsort(-counts, kind="stable")
        colours = colours[order]
        kinds = colours & 0xE0E0E0
        _, first = np.unique(kinds, return_index=True)
        chosen = [*np.sort(first)[:_SPREAD], *range(len(colours))]
        self.colours = colours[list(dict.fromkeys(map(int, chosen)))[:_COLOURS]]
        # An index for each colour that was met, else −1.
        self._known = np.full(_EACH + 1, -1, np.int16)
        self._known[self.colours] = np.arange(len(self.colours))

    def indices(self, pixels: "Pixels") -> "NDArray[np.uint8]":
        """Return the index of the nearest colour of each pixel."""
        found = self._known[pixels]
        if (found < 0).any():
            self._learn(np.unique(pixels[found < 0]))
            found = self._known[pixels]
        return found.astype(np.uint8)

    def _learn(self, colours: "Pixels") -> None:
        ours = _channels(self.colours)
        for piece in np.array_split(colours, len(colours) // 4096 + 1):
            apart = ((_channels(piece)[:, None] - ours[None]) ** 2).sum(axis=2)
            self._known[piece] = apart.argmin(axis=1)

    def table(self) -> bytes:
        """Return the 256 colours, three bytes each."""
        return _channels(self.colours).astype(np.uint8).tobytes().ljust(3 * 256, b"\0")


def gif(frames: Iterable["Pixels"], palette: Palette, delay: int) -> Iterator[bytes]:
    """Yield an animation piece by piece; it goes round for ever.

    `delay` is how long each frame is seen, in hundredths of a second, at least 2: browsers show
    faster ones more slowly. All frames have the same size, at most 65535 × 65535 pixels.
    """
    former: NDArray[np.uint8] | None = None
    for pixels in frames:
        indices = palette.indices(pixels)
        if former is None:
            high, wide = indices.shape
            yield b"GIF89a" + pack("<HHBBB", wide, high, 0xF7, 0, 0) + palette.table()
            yield b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
        yield _frame(indices, former, delay)
        former = indices
    yield b"\x3b"


def _frame(indices: "NDArray[np.uint8]", former: "NDArray[np.uint8] | None", delay: int) -> bytes:
    """Return one frame: the rectangle in which it differs from the one before."""
    top, left = 0, 0
    if former is not None:
        differs = indices != former
        rows, columns = (np.flatnonzero(differs.any(axis=axis)) for axis in (1, 0))
        top, bottom = (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 1)
        left, right = (int(columns[0]), int(columns[-1]) + 1) if len(columns) else (0, 1)
        piece = slice(top, bottom), slice(left, right)
        indices = np.where(differs[piece], indices[piece], np.uint8(_COLOURS))
    high, wide = indices.shape
    control = pack("<BBBBHBB", 0x21, 0xF9, 4, 0b101, delay, _COLOURS, 0)
    place = pack("<BHHHHB", 0x2C, left, top, wide, high, 0)
    return control + place + b"\x08" + in_blocks(compressed(indices.tobytes(), 8))


def _counted(frames: Iterable["Pixels"]) -> "tuple[Pixels, NDArray[np.int64]]":
    counts: dict[int, int] = {}
    for frame in frames:
        for colour, count in zip(*np.unique(frame, return_counts=True), strict=True):
            counts[int(colour)] = counts.get(int(colour), 0) + int(count)
    return np.array(list(counts), np.uint32), np.array(list(counts.values()), np.int64)


def _channels(colours: "Pixels") -> "NDArray[np.int32]":
    each = (colours >> 16 & 255, colours >> 8 & 255, colours & 255)
    return np.stack(each, axis=1).astype(np.int32)
