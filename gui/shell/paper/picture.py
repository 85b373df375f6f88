"""What can be chosen for a work sheet, in words, and what a page says. No Qt."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from engine.activations import ACTIVATIONS, IDENTITY
from engine.numerals import read_number
from engine.user_error import UserError
from engine.words import mark
from gui.language import Say, languages, speech
from gui.resources import version
from gui.sheets.papers import A4, PAPERS
from gui.sheets.picture.answers import answers
from gui.sheets.picture.blocks import (
    Blanks,
    Block,
    Chain,
    Document,
    Given,
    Line,
    Options,
    Program,
    Prose,
    Table,
    Text,
)
from gui.sheets.picture.chains import chain_words
from gui.sheets.picture.exercises import TITLES, exercises
from gui.sheets.picture.tongue import BOTH, tongue
from gui.words.names import ACTIVATION_NAMES, counted_layers

if TYPE_CHECKING:
    from engine.teaching.sheets import Sheet

COUNTS = (1, 2, 3, 4, 6, 8, 10, 12, 20, 30)
LAYERS = (1, 2, 3, 4, 5)
LARGEST_SEED = 10**9
_APART = "apart"

LABELS: Mapping[str, str] = MappingProxyType(
    {
        "kind": mark("Exercises"),
        "count": mark("How many"),
        "layers": mark("Layers"),
        "activation": mark("Activation"),
        "language": mark("Language"),
        "paper": mark("Paper"),
    }
)
"""What is chosen from a list; the seed is typed."""

_PAPERS = MappingProxyType({A4: mark("A4"), "letter": mark("Letter")})
SEED_RANGE = mark("The seed is a whole number from 0 to {most}.")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a sheet is to be like, as text, as it is chosen; `apart` are its answers in a file."""

    kind: str = "table"
    count: str = "6"
    layers: str = "3"
    activation: str = IDENTITY
    language: str = "en"
    paper: str = A4
    seed: int = 0
    apart: bool = False

    def with_choice(self, name: str, chosen: str) -> "Wishes":
        """Return the same with another choice."""
        changed: dict[str, Any] = {name: chosen}
        return replace(self, **changed)


def offered(name: str, say: Say) -> Iterator[tuple[str, str]]:
    """Yield what can be chosen in a list: its name, and its words."""
    match name:
        case "kind":
            yield from ((kind, say(title)) for kind, title in TITLES.items())
        case "count":
            for count in COUNTS:
                yield str(count), say.counted("{number} exercise", "{number} exercises", count)
        case "layers":
            yield from ((str(n), counted_layers(n, say)) for n in LAYERS)
        case "activation":
            yield from ((one, say(ACTIVATION_NAMES[one])) for one in ACTIVATIONS)
        case "language":
            yield from ((code, speech(code).own_name) for code in languages())
            yield BOTH, "中文 + English"
        case _:
            yield from ((paper, say(_PAPERS[paper])) for paper in PAPERS)


def remembered(first: Wishes, kept: str) -> Wishes:
    """Return wishes with the choices that were kept, as far as they can still be made."""
    wishes, say = first, speech("en")
    for name, value in _read(kept).items():
        if name == _APART:
            wishes = replace(wishes, apart=value is True)
        elif name in LABELS and value in {one for one, _ in offered(name, say)}:
            wishes = wishes.with_choice(name, value)
    return wishes


def to_keep(first: Wishes, last: Wishes, kept: str) -> str:
    """Return what is to be kept: what was kept before, and what was chosen since."""
    chosen = {
        name: getattr(last, name)
        for name in (*LABELS, _APART)
        if getattr(last, name) != getattr(first, name)
    }
    return json.dumps(_read(kept) | chosen)


def _read(kept: str) -> dict[str, Any]:
    try:
        found = json.loads(kept or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def seed_of(text: str) -> int:
    """Read a seed. Raises `UserError`."""
    try:
        seed = read_number(text, whole=True)
    except UserError:
        seed = -1
    if not isinstance(seed, int) or not 0 <= seed <= LARGEST_SEED:
        raise UserError(SEED_RANGE, most=LARGEST_SEED)
    return seed


def documents_for(made: "Sheet", wishes: Wishes) -> Iterator[Document]:
    """Yield the pages of the learner, then those with the answers."""
    told_in = tongue(wishes.language)
    yield exercises(made, told_in, version())
    yield answers(made, told_in, version())


def page_words(blocks: Iterable[Block], foot: Iterable[str], say: Say) -> str:
    """Return all that stands on a page, a line each: what a screen reader reads of a preview."""
    lines = (line for block in blocks for line in _lines(block, say))
    return "\n".join(line for line in (*lines, *foot) if line.strip())


def _lines(block: Block, say: Say) -> Iterator[str]:
    match block:
        case Text():
            yield block.text
        case Given():
            yield "; ".join(map(_written, block.items))
        case Table():
            yield "; ".join(" ".join(column.heads) for column in block.columns if any(column.heads))
            for row in block.rows:
                yield "; ".join(_written(cell.line) or say("empty") for cell in row)
        case Blanks():
            yield "; ".join(_written(line) for line, _ in block.items)
        case Program():
            yield from (" ".join(filter(None, (number, text))) for text, _, number in block.lines)
        case Prose():
            yield " ".join(filter(None, (block.label, block.text)))
        case Options():
            yield from (f"{sign} {text}" for sign, text in block.options)
        case Chain():
            yield chain_words(block, say)
        case _:
            return


def _written(line: Line) -> str:
    return "".join(piece.text for piece in line)
