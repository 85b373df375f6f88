"""Texts put together from parts, with the punctuation of the language. No Qt.

A view or a picture never writes ": ", ", " or " " between two texts itself: Chinese has full-width
signs, and no space after them. `say` is always the last argument.
"""

import re
from collections.abc import Iterable
from functools import reduce

from engine.user_error import BETWEEN
from engine.words import Say

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff"
_WORD = "A-Za-z0-9\u00c0-\u024f\u0370-\u03ff₀-₉"
_BESIDE = re.compile(f"(?<=[{_HAN}])(?=[{_WORD}])|(?<=[{_WORD}])(?=[{_HAN}])")
_NUMBER = re.compile(r"-?(?:(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|inf)(?: [MGT]B)?", re.IGNORECASE)
_DECIMALS = re.compile(r"\d,\d")


def labelled(name: str, value: str, say: Say) -> str:
    """Return "name: value"."""
    return say("{name}: {value}").format(name=name, value=value)


def listed(items: Iterable[str], say: Say) -> str:
    """Return names or numbers of one kind in a row: "1, 2", in Chinese "1、2"."""
    texts = tuple(items)
    return _clear(say(BETWEEN), texts, say).join(texts)


def clauses(parts: Iterable[str], say: Say) -> str:
    """Return parts of a sentence in a row, with commas between them."""
    texts = tuple(parts)
    return _joined(_clear(say("{first}, {second}"), texts, say), texts)


def _clear(between: str, parts: Iterable[str], say: Say) -> str:
    """Return what stands between parts: a semicolon where a comma would look like a decimal one."""
    if say.decimal_sign == "," and any(map(_DECIMALS.search, parts)):
        return between.replace(",", ";")
    return between


def groups(parts: Iterable[str], say: Say) -> str:
    """Return parts of a sentence in a row, with semicolons between them."""
    return _joined(say("{first}; {second}"), parts)


def sentences(parts: Iterable[str], say: Say) -> str:
    """Return whole sentences one after the other; empty ones are left out."""
    return _joined(say("{first} {second}"), filter(None, parts))


def aside(text: str, note: str, say: Say) -> str:
    """Return "text (note)"."""
    return say("{text} ({note})").format(text=text, note=note)


def ended(words: str, say: Say) -> str:
    """Return words as a sentence, with a full stop."""
    return say("{words}.").format(words=words)


def spaced(text: str) -> str:
    """Return a text with a space wherever a Chinese character stands beside a Latin one."""
    return _BESIDE.sub(" ", text)


def quoted(value: object, say: Say) -> str:
    """Return a value that is quoted in a sentence; a number is written as people write it."""
    text = str(value)
    if not _NUMBER.fullmatch(text):
        return text
    return text.replace("-", "−", 1 if text.startswith("-") else 0).replace(".", say.decimal_sign)


def has_chinese(text: str) -> bool:
    """Return whether Chinese characters are in a text."""
    return re.search(f"[{_HAN}]", text) is not None


def _joined(template: str, parts: Iterable[str]) -> str:
    first, *others = (*parts,) or ("",)
    return reduce(lambda a, b: template.format(first=a, second=b), others, first)
