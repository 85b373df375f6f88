"""Reads PDF files as Qt writes them: the texts of each page, and the fonts. Independent of Qt."""

import re
import zlib
from collections.abc import Mapping

_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_RANGE = re.compile(r"<(\w{4})> <(\w{4})> (?:\[(.*?)\]|<(\w+)>)")
_COLOUR = re.compile(rb"^([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN)", re.MULTILINE)
_STEP = re.compile(r"/(F\d+) \S+ Tf|<(\w{4})> Tj|^(ET)$", re.MULTILINE)


class Pdf:
    """A PDF file: `pages` are the texts of each page, piece by piece, as a reader would copy them.

    `fonts` are the names of the fonts, those that travel with the file.
    """

    def __init__(self, content: bytes) -> None:
        assert content.startswith(b"%PDF-")
        assert content.rstrip().endswith(b"%%EOF")
        self.content = content
        self._objects = {int(m[1]): m[2] for m in _OBJECT.finditer(content)}
        parents = [o for o in self._objects.values() if re.search(rb"/Type /Pages\b", o)]
        kids = re.findall(rb"(\d+) 0 R", re.search(rb"/Kids\s*\[(.*?)\]", parents[0], re.DOTALL)[1])  # type: ignore[index]
        self.pages = [self._page(self._objects[int(kid)]) for kid in kids]

    @property
    def text(self) -> str:
        """All that is written, a piece a line."""
        return "\n".join("\n".join(page) for page in self.pages)

    @property
    def fonts(self) -> set[str]:
        """The names of the embedded fonts; fails where one is not embedded."""
        described = [o for o in self._objects.values() if b"/Type /FontDescriptor" in o]
        for one in described:
            file = re.search(rb"/FontFile2 (\d+) 0 R", one)
            assert file, one
            assert self._data(int(file[1]))[:4] in (b"\0\1\0\0", b"true")
        return {o.split(b"/FontName /")[1].split()[0].decode().split("+")[-1] for o in described}

    @property
    def colours(self) -> set[tuple[float, float, float]]:
        """The colours of all lines, fills and letters: red, green and blue from 0 to 1."""
        found = set()
        for entry in self._objects.values():
            if re.search(rb"/Type /Page\b", entry):
                drawn = self._data(self._reference(b"Contents", entry))
                found |= set(
                    re.findall(rb"^([\d.]+) ([\d.]+) ([\d.]+) (?:scn|SCN)", drawn, re.MULTILINE)
                )
        return {(float(red), float(green), float(blue)) for red, green, blue in found}

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of the first page."""
        found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", self.content)
        assert found
        return float(found[1]), float(found[2])

    def _data(self, number: int) -> bytes:
        head, _, body = self._objects[number].partition(b"stream\n")
        return zlib.decompressobj().decompress(body) if b"/FlateDecode" in head else body

    def _reference(self, name: bytes, entry: bytes) -> int:
        found = re.search(rb"/%s (\d+) 0 R" % name, entry)
        assert found, (name, entry)
        return int(found[1])

    def _page(self, entry: bytes) -> list[str]:
        resources = self._objects[self._reference(b"Resources", entry)]
        letters = {
            name.decode(): self._letters(self._objects[int(font)])
            for name, font in re.findall(rb"/(F\d+) (\d+) 0 R", resources)
        }
        texts, font, piece = list[str](), "", ""
        for named, glyph, end in _STEP.findall(
            self._data(self._reference(b"Contents", entry)).decode("latin-1")
        ):
            font = named or font
            piece += letters[font].get(glyph, "�") if glyph else ""
            if end:
                texts.append(piece)
                piece = ""
        return texts

    def _letters(self, font: bytes) -> Mapping[str, str]:
        found = dict[str, str]()
        text = self._data(self._reference(b"ToUnicode", font)).decode("latin-1")
        for first, last, listed, one in _RANGE.findall(text):
            values = re.findall(r"<(\w+)>", listed) if listed else [one]
            for k in range(int(first, 16), int(last, 16) + 1):
                value = values[k - int(first, 16)] if listed else one
                found[f"{k:04X}"] = bytes.fromhex(value).decode("utf-16-be")
        return found
