"""What is said to users, wherever it stands in the code, is in every catalogue.

`pybabel` reads tokens: it misses what is said within a formatted text, or by another name than
those that it is told. Here the tree of each module is read.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog

from gui.language import languages

ROOT = Path(__file__).parents[3]
SPEAKERS = {"say", "_say", "mark"}
"""What says, or marks, its first text."""


def catalogue(language: str) -> Catalog:
    with (ROOT / "assets" / "translations" / f"{language}.po").open("rb") as file:
        return pofile.read_po(file, locale=language)


def said_in(tree: ast.AST) -> Iterator[tuple[int, str, str | None]]:
    """Yield the line, the text and the context of all that is said in a module."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
        words = [text for text in texts if isinstance(text, str)]
        match name_of(node.func), words:
            case ("within", [context, text]):
                yield node.lineno, text, context
            case ("counted", [one, *_]):
                yield node.lineno, one, None
            case (name, [text, *_]) if name in SPEAKERS and isinstance(node.args[0], ast.Constant):
                yield node.lineno, text, None


def name_of(called: ast.expr) -> str:
    """Return what is called: the name, or "say" for what `speech(code)` returns."""
    match called:
        case ast.Call(func=ast.Name(id="speech")):
            return "say"
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case _:
            return ""


@cache
def all_said() -> list[tuple[str, str, str | None]]:
    return [
        (f"{path.relative_to(ROOT).as_posix()}:{line}", text, context)
        for folder in ("engine", "gui")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line, text, context in said_in(ast.parse(path.read_text("utf-8")))
    ]


@pytest.mark.parametrize("language", [code for code in languages() if code != "en"])
def test_all_that_is_said_is_in_the_catalogue(language: str) -> None:
    known = catalogue(language)
    assert len(all_said()) > 1000
    missing = [where for where, text, context in all_said() if not is_there(known, text, context)]
    assert missing == []


def is_there(known: Catalog, text: str, context: str | None) -> bool:
    found = known.get(text, context)
    return found is not None and bool(found.string)


def test_what_is_said_within_a_formatted_text_is_found() -> None:
    tree = ast.parse("""f"<b>{say('In here')}</b>"; speech(code)("There"); self._say("Own")""")
    assert {text for _, text, _ in said_in(tree)} == {"In here", "There", "Own"}
