"""The blocks that a printed page consists of; lengths are in points. No Qt."""

from dataclasses import dataclass

from engine.experiment import Experiment
from engine.quantities import Name


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line: "plain", "bold", "symbol" (italic), "math" or "code"."""

    text: str
    style: str = "plain"


Line = tuple[Piece, ...]


def plain(text: str, style: str = "plain") -> Line:
    """Return a text as a line of one piece."""
    return (Piece(text, style),) if text else ()


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: a "title", "heading", "body" or "note"."""

    text: str
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Given:
    """The numbers that an exercise gives, one beside the other."""

    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The chain as the window draws it at a moment: what is not computed yet is hollow.

    `covered` are numbers that may not be seen, `marked` those that have a ring.
    """

    experiment: Experiment
    languages: tuple[str, ...]
    index: int = 0
    covered: frozenset[Name] = frozenset()
    marked: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `stressed` has a frame that black and white keeps."""

    line: Line = ()
    stressed: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, a line for each language, and its share of the width."""

    heads: tuple[str, ...]
    share: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `row` is the ordinary height of a row, which may give way or grow unless `tight`."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row: float = 24.0
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Blanks:
    """Gaps to write in, one beside the other: what stands before each, and its least width."""

    items: tuple[tuple[Line, float], ...]
    row: float = 26.0


@dataclass(frozen=True, slots=True)
class Rules:
    """Empty lines to write on."""

    count: int
    row: float = 26.0


@dataclass(frozen=True, slots=True)
class Program:
    """Lines of a program, each with a box before it, its indentation and what is in the box."""

    lines: tuple[tuple[str, int, str], ...]
    row: float = 23.0


@dataclass(frozen=True, slots=True)
class Prose:
    """A text in Markdown, as lessons have it; `label` stands before it."""

    text: str
    label: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """Answers to choose from, or texts in a row, with a sign before each and room for it."""

    options: tuple[tuple[str, str], ...]
    indent: float = 20.0


Block = Text | Given | Chain | Table | Blanks | Rules | Program | Prose | Options


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks that stay on one page; with `new_page` they begin one."""

    blocks: tuple[Block, ...]
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """What is printed: its title, groups of blocks, and the line at the foot of each page."""

    title: str
    groups: tuple[Group, ...]
    foot: str
    language: str = "en"
