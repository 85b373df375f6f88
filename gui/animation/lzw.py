"""The compression of GIF: variable-length codes of Lempel, Ziv and Welch. No Qt.

The patent on it ended in 2004. The format is that of the specification GIF89a, appendix F.
"""

_LONGEST = 4096
"""There are no more codes than this: 12 bits."""


def compressed(indices: bytes, bits: int) -> bytes:
    """Return the pixels of a picture, each an index of `bits` bits (2 … 8), as GIF stores them."""
    clear = 1 << bits
    out = bytearray()
    table: dict[int, int] = {}
    width, following = bits + 1, clear + 2
    waiting, count = clear, width
    prefix = indices[0]
    for pixel in indices[1:]:
        both = prefix << 8 | pixel
        known = table.get(both)
        if known is not None:
            prefix = known
            continue
        waiting |= prefix << count
        count += width
        if following < _LONGEST:
            table[both] = following
            if following == 1 << width:
                width += 1
            following += 1
        else:
            waiting |= clear << count
            count += width
            table.clear()
            width, following = bits + 1, clear + 2
        if count > _MANY:
            out += (waiting & _MASK).to_bytes(_MANY // 8, "little")
            waiting >>= _MANY
            count -= _MANY
        prefix = pixel
    waiting |= prefix << count
    count += width
    # The reader has one code more by now.
    if following < _LONGEST and following == 1 << width:
        width += 1
    waiting |= (clear + 1) << count
    count += width
    out += waiting.to_bytes((count + 7) // 8, "little")
    return bytes(out)


_MANY = 512
"""In bits: so many are stored at once."""

_MASK = (1 << _MANY) - 1


def in_blocks(data: bytes) -> bytes:
    """Return data in blocks of up to 255 bytes, each after its length, and an empty one."""
    blocks = (data[k : k + 255] for k in range(0, len(data), 255))
    return b"".join(bytes([len(block)]) + block for block in blocks) + b"\0"
