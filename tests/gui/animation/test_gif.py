"""gui.animation: what is written is a GIF that an independent reader shows frame by frame."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageReader

from engine.user_error import UserError
from gui.animation.frames import pixels
from gui.animation.gif import Palette, gif
from gui.animation.lzw import compressed
from gui.animation.steps import delay_of, steps_between


def read(content: bytes) -> tuple[list[np.ndarray], list[int], bool]:
    """Return what Qt reads: the frames, their delays, and whether it goes round for ever."""
    data = QByteArray(content)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, b"gif")
    frames, delays = [], []
    for _ in range(reader.imageCount()):
        image = reader.read()
        assert not image.isNull(), reader.errorString()
        frames.append(pixels(image.convertToFormat(image.Format.Format_RGB32)))
        delays.append(reader.nextImageDelay())
    return frames, delays, reader.loopCount() == -1


def unpacked(data: bytes, bits: int) -> bytes:
    """Decompress, as the appendix of the specification says."""
    clear, stop = 1 << bits, (1 << bits) + 1
    number, at = int.from_bytes(data, "little"), 0
    table: list[bytes] = []
    former, out, width = b"", io.BytesIO(), bits + 1
    while True:
        code = number >> at & ((1 << width) - 1)
        at += width
        if code == clear:
            table = [bytes([k]) for k in range(clear)] + [b"", b""]
            width, former = bits + 1, b""
            continue
        if code == stop:
            return out.getvalue()
        entry = table[code] if code < len(table) else former + former[:1]
        out.write(entry)
        if former and len(table) < 4096:
            table.append(former + entry[:1])
        if len(table) == 1 << width and width < 12:
            width += 1
        former = entry


@given(st.binary(min_size=1, max_size=3000))
def test_what_is_compressed_can_be_unpacked(data: bytes) -> None:
    assert unpacked(compressed(data, 8), 8) == data


@pytest.mark.parametrize("size", [4000, 70_000])
def test_long_pictures_too(size: int) -> None:
    noise = np.random.default_rng(size).integers(0, 255, size, np.uint8).tobytes()
    calm = bytes(size)
    for data in (noise, calm, noise[:100] * (size // 100)):
        assert unpacked(compressed(data, 8), 8) == data


@settings(max_examples=15)
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 30), st.integers(1, 4))
def test_frames_of_few_colours_come_back_as_they_were(
    seed: int, wide: int, high: int, count: int
) -> None:
    draw = np.random.default_rng(seed)
    colours = draw.integers(0, 1 << 24, 200).astype(np.uint32)
    frames = [colours[draw.integers(0, 200, (high, wide))] for _ in range(count)]
    if count > 2:
        frames[1] = frames[0].copy()
    content = b"".join(gif(frames, Palette(frames), 25))
    shown, delays, loops = read(content)
    assert len(shown) == count
    for frame, other in zip(frames, shown, strict=True):
        assert (frame == other).all()
    if count > 1:
        assert loops
        assert set(delays) == {250}


def test_of_many_colours_each_pixel_has_one_of_its_kind() -> None:
    x, y = np.meshgrid(np.arange(128), np.arange(128))
    frame = (2 * x << 16 | 2 * y << 8 | (x + y)).astype(np.uint32)
    [shown], _, _ = read(b"".join(gif([frame], Palette([frame]), 10)))
    for shift in (0, 8, 16):
        apart = (frame >> shift & 255).astype(int) - (shown >> shift & 255).astype(int)
        assert abs(apart).mean() < 32


def test_steps_are_refused_in_a_sentence() -> None:
    assert steps_between(3, 5, 10) == range(3, 6)
    for first, last in ((5, 3), (0, 11), (-1, 2)):
        with pytest.raises(UserError, match="from 0 to 10"):
            steps_between(first, last, 10)
    with pytest.raises(UserError, match="at most 500 steps, and not 501"):
        steps_between(0, 500, 3000)
    assert delay_of(2.0) == 50
    for wrong in (0.0, -1.0, 1000.0, float("nan")):
        with pytest.raises(UserError, match="--fps"):
            delay_of(wrong)
