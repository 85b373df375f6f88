"""Errors that the user is told in one sentence, which can be translated."""

import math
import os
import re
import reprlib
import unicodedata
from numbers import Real
from typing import NamedTuple, TypeGuard

from engine.words import Say, mark


class Location(NamedTuple):
    """A place in an experiment: `Location("weights", 2)` is the third weight."""

    field: str
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Return the location as Python would write it: `weights[2]`, `samples[0].target`."""
        row = "" if self.row is None else f"[{self.row}]"
        column = "" if self.column is None else f".{self.column}"
        return f"{self.field}{row}{column}"


class UserError(ValueError):
    """An error that the user can understand: it names the field, the value, and what is allowed.

    `template` is the English sentence with named gaps, so that a window can look the sentence
    up in another language first and fill in `values` afterwards; a tuple among them is written
    as a list. `location` is None where the fault is not in a field of an experiment.
    """

    def __init__(self, template: str, location: Location | None = None, **values: object) -> None:
        super().__init__(template, location, values)
        self.template = template
        self.location = location
        self.values = values

    def __str__(self) -> str:
        """Return the sentence in English."""
        values = {
            name: ", ".join(map(str, value)) if isinstance(value, tuple) else value
            for name, value in self.values.items()
        }
        return Say().chosen(self.template, self.values).format(location=self.location, **values)


MOST_SHOWN = 60
"""In characters: the longest part of a refused value that is shown."""

_MOST_OF_A_NAME = 150
"""The names of files are shown whole up to this length."""


class _Form(reprlib.Repr):
    def repr_int(self, number: int, level: int) -> str:
        """Leave out what Python does not write: whole numbers of more than some 4300 digits."""
        return "…" if number.bit_length() > _MOST_BITS else super().repr_int(number, level)


_MOST_BITS = 14_000
_form = _Form()
_form.maxlevel = 3
# A word that is quoted in the middle of a longer sentence, or just any long one.
_WORDS = re.compile(r"(?<!\w)'(?:[^'\\]|\\.)*'(?!\w)|\S+")


BETWEEN = mark(", ")
"""What stands between the items of a list, for the translators."""


def shown(value: object) -> str:
    """Return how a refused value is quoted in a sentence: short, and with quotes round text."""
    text = _form.repr(value)
    return cut(text.removesuffix(".0") if isinstance(value, float) else text)


def named(path: str | os.PathLike[str]) -> str:
    """Return how a file is named in a sentence: its end, if the name is very long."""
    name = printable(os.fspath(path))
    return name if len(name) <= _MOST_OF_A_NAME else f"…{name[1 - MOST_SHOWN :]}"


def cut(text: str) -> str:
    """Return `text`, or its start and end, printable, in at most `MOST_SHOWN` signs."""
    text = printable(text)
    if len(text) <= MOST_SHOWN:
        return text
    half = (MOST_SHOWN - 1) // 2
    return f"{text[:half]}…{text[-half:]}"


def brief(sentence: str) -> str:
    """Return a sentence in which no word, and no quoted text, is very long."""
    return _WORDS.sub(lambda word: _short(word[0]), printable(sentence))


def _short(word: str) -> str:
    return cut(word) if word.startswith("'") else named(word)


def printable(text: str) -> str:
    r"""Return `text` with control characters, and what can't be shown, written out: \x1b."""
    return "".join(map(_sign, text))


def _sign(sign: str) -> str:
    if "\udc80" <= sign <= "\udcff":
        return f"\\x{ord(sign) - 0xDC00:02x}"  # a byte of a name that is no UTF-8
    if unicodedata.category(sign)[0] == "C" or sign in "\u2028\u2029":
        return sign.encode("unicode_escape", "surrogatepass").decode("ascii")
    return sign


def is_float(value: object) -> TypeGuard[float]:
    """Return whether `value` is a finite float; a quick test, for lists of many numbers."""
    return type(value) is float and math.isfinite(value)


def finite(value: object, location: Location) -> float:
    """Return `value` as a float. Raises `UserError` at `location` if it is not a finite number."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise UserError(
            mark("{location} must be a number, not {value}."), location, value=shown(value)
        )
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise UserError(
            mark("{location} must be a finite number, not {value}."), location, value=shown(value)
        )
    return number
