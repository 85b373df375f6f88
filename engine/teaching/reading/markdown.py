"""What a text of a lesson may be: Markdown with paragraphs, bold, italic, code and lists.

A lesson may come from a stranger. It shows no picture and leads nowhere: no links, no addresses, no
names of files, no HTML.
"""

import re
import unicodedata

from engine.teaching.lesson import GAP
from engine.teaching.parsing import parse_value
from engine.teaching.terms import Value
from engine.user_error import UserError, shown
from engine.words import mark

MOST_CHARACTERS = 2_000
"""Of a text."""

_REFUSED = (
    (re.compile(r"!\["), mark("a text shows no pictures; this one has {value}.")),
    (
        re.compile(r"\]\s?[(\[]|^\s*\[[^\]\n]*\]:", re.MULTILINE),
        mark("a text has no links: {value}."),
    ),
    (
        re.compile(r"\w+://|\bwww\.|\b(?:mailto|file|data|javascript|qrc):\S", re.IGNORECASE),
        mark("a text has no addresses: {value}."),
    ),
    (
        re.compile(r"(?<![\w.])(?:~|\.\.?)?[/\\](?:\w+[/\\])+\w*|\b[A-Za-z]:\\"),
        mark("a text has no names of files: {value}."),
    ),
    (re.compile(r"</?[A-Za-z!?][^\s]*"), mark("a text has no HTML: {value}.")),
    (
        re.compile(
            r"^\s{0,3}(?:#{1,6}\s|>|\|)|^\s*(?:-{3,}|={3,}|\*{3,})\s*$|^\s*(?:```|~~~)",
            re.MULTILINE,
        ),
        mark("a text has only paragraphs, bold, italic, code and lists, not {value}."),
    ),
)


def checked(text: str) -> str:
    """Return a text of a lesson that may be shown.

    Raises `UserError` that says what is not allowed in it.
    """
    if len(text) > MOST_CHARACTERS:
        raise UserError(
            mark("a text has at most {most} characters, not {value}."),
            most=MOST_CHARACTERS,
            value=len(text),
        )
    for sign in text:
        if sign != "\n" and unicodedata.category(sign)[0] == "C":
            raise UserError(mark("a text has no invisible characters: {value}."), value=shown(sign))
    for pattern, sentence in _REFUSED:
        if found := pattern.search(text):
            raise UserError(sentence, value=shown(found[0].strip()))
    if set("{}") & set(GAP.sub("", text)):
        raise UserError(
            mark("a brace stands alone: a value in a text is written like {value}."),
            value="{upstream 3}",
        )
    gaps(text)
    return text


def gaps(text: str) -> tuple[Value, ...]:
    """Return the values in the gaps of a text. Raises `UserError` for one that is no value."""
    return tuple(parse_value(found) for found in GAP.findall(text))


def plain(text: str) -> str:
    """Return a text as it is read aloud: without the signs of Markdown."""
    text = re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+", "", text, flags=re.MULTILINE)
    return re.sub(r"(\*\*|__|[*`])", "", text)
