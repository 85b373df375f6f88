"""The lines of a TOML file at which its steps and fields stand, for whoever mends a lesson."""

import re
from collections.abc import Iterator

_HEADER = re.compile(r"\s*\[\[?\s*([\w.\-]+)\s*\]?\]")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")
_OPENING = re.compile(r"""\"{3}|'{3}|["'#]""")
_CLOSING = {
    '"': re.compile(r'(?:\\.|[^"\\\n])*"'),
    "'": re.compile(r"[^'\n]*'"),
    "#": re.compile(r"[^\n]*"),
}
_ESCAPED_OR_END = re.compile(r'\\.|"""', re.DOTALL)
_CHAIN = re.compile(r"(?<![\w\-])(?:[\w\-]+[ \t]*\.[ \t]*){12}")


def has_long_key(text: str) -> bool:
    """Return whether a key may have more than a dozen parts: reading it would take long."""
    return _CHAIN.search(_without_content(text, "x")) is not None


class Lines:
    """Where the tables and fields of a text begin, as lines from 1.

    The text need not be valid TOML; what is not found is at the line of what it is part of.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[str, int] = {}
        table, counts = "", dict[str, int]()
        for number, line in enumerate(_without_content(text).split("\n"), start=1):
            if found := _HEADER.match(line):
                table = found[1]
                if line.lstrip().startswith("[["):
                    counts[table] = counts.get(table, 0) + 1
                    if table == "step":
                        # The options of each step are counted anew.
                        counts = {"step": counts[table]}
                self._lines.setdefault(
                    _numbered(table, {**counts, table: 0}).removesuffix(".0"), number
                )
                table = _numbered(table, counts)
                self._lines.setdefault(table, number)
            elif found := _KEY.match(line):
                parts = found[1].split(".")
                for end in range(len(parts), 0, -1):
                    path = ".".join(filter(None, (table, *parts[:end])))
                    self._lines.setdefault(path, number)

    def of(self, *path: str | int) -> int:
        """Return the line of a field, `of("step", 4, "ask")`, or that of what it is in; from 1."""
        parts = list(map(str, path))
        while parts and ".".join(parts) not in self._lines:
            parts.pop()
        return self._lines.get(".".join(parts), 1)


def _numbered(table: str, counts: dict[str, int]) -> str:
    return ".".join(_parts(table, counts))


def _parts(table: str, counts: dict[str, int]) -> Iterator[str]:
    path = ""
    for part in table.split("."):
        path = f"{path}.{part}" if path else part
        yield part
        if path in counts:
            yield str(counts[path])


def _without_content(text: str, instead: str = "") -> str:
    """Return a text of as many lines, without what its strings and comments say.

    It takes time in proportion to the length, whatever the text is; after a string that is not
    closed, a line, or the whole rest, is left out.
    """
    kept, place = [], 0
    while found := _OPENING.search(text, place):
        kept.append(text[place : found.start()])
        place = _closed(text, found)
        kept += [instead, "\n" * text.count("\n", found.start(), place)]
    return "".join([*kept, text[place:]])


def _closed(text: str, opening: re.Match[str]) -> int:
    """Return where what begins there ends."""
    sign, start = opening[0], opening.end()
    if sign in _CLOSING:
        found = _CLOSING[sign].match(text, start)
        return found.end() if found else _end_of_line(text, start)
    if sign == "'''":
        end = text.find(sign, start)
        return len(text) if end < 0 else end + 3
    ends = (m.end() for m in _ESCAPED_OR_END.finditer(text, start) if m[0] == sign)
    return next(ends, len(text))


def _end_of_line(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
