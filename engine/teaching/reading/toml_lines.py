"""The lines of a TOML file at which its steps and fields stand, for whoever mends a lesson."""

import re
from collections.abc import Iterator

_HEADER = re.compile(r"\s*\[\[?\s*([\w.\-]+)\s*\]?\]")
_KEY = re.compile(r"\s*([\w.\-]+)\s*=")
_PIECE = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)

_CHAIN = re.compile(r"(?<![\w\-])(?:(?:[\w\-]+|\"[^\"\n]*\"|'[^'\n]*')[ \t]*\.[ \t]*){12}")


def has_long_key(text: str) -> bool:
    """Return whether a key may have more than a dozen parts: reading it would take long."""
    return _CHAIN.search(text) is not None


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


def _without_content(text: str) -> str:
    """Return a text of as many lines, without what its strings and comments say."""
    return _PIECE.sub(lambda piece: "\n" * piece[0].count("\n"), text)
