"""What is to be translated, and the catalogues that there are, as the tests see them."""

import ast
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from gui.language import ENGLISH, languages
from gui.resources import asset

ROOT = Path(__file__).parents[3]
KEYWORDS = {"say": None, "mark": None, "within": ((1, "c"), 2), "counted": (1, 2)}
TRANSLATED = [code for code in languages() if code != ENGLISH]


class Message(NamedTuple):
    """A text of the program: its context, the text, and what is said of several things."""

    context: str | None
    text: str
    plural: str | None = None


@lru_cache
def marked() -> frozenset[Message]:
    """Return every text of the program that is to be translated."""
    found: set[Message] = set()
    for folder in ("engine", "gui"):
        for _, _, said, _, context in extract_from_dir(
            ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            if isinstance(said, str) and said:
                found.add(Message(context, said))
            elif isinstance(said, tuple) and all(isinstance(text, str) for text in said):
                found.add(Message(context, *said))
    return frozenset(found)


def catalogue(language: str) -> Catalog:
    """Return what the translators wrote."""
    with asset("translations", f"{language}.po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(catalog: Catalog) -> dict[Message, tuple[str, ...]]:
    """Return each text with its translation, or with that of every number."""
    return {message(entry): strings(entry) for entry in catalog if entry.id}


def message(entry: Entry) -> Message:
    """Return what an entry of a catalogue translates."""
    one, *many = (entry.id,) if isinstance(entry.id, str) else entry.id
    return Message(entry.context, one, *many)


def strings(entry: Entry) -> tuple[str, ...]:
    """Return how an entry is translated: one text, or one for each form of the plural."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string)


def gaps(text: str) -> list[str]:
    """Return the names of the gaps of a text, in order of the alphabet."""
    return sorted(re.findall(r"\{(\w*)\}", text))


def joined(source: str) -> list[str]:
    """Return where a module puts what it says together itself, instead of by a message with gaps.

    A new line between two texts is no joining, nor is a tag of HTML, nor the quotes of a docstring.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            between = [part.value for part in node.values if isinstance(part, ast.Constant)]
            parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts = [node.left, node.right]
            between = [part.value for part in parts if isinstance(part, ast.Constant)]
        else:
            continue
        said = any(_says(part) for whole in parts for part in ast.walk(whole))
        if said and re.search(r"\w|[ ,;.:()]", re.sub("<[^>]*>", "", "".join(map(str, between)))):
            found.append(f"{node.lineno}: {ast.unparse(node)}")
    return found


def _says(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in {"say", "_say", "counted", "within"}
