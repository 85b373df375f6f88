"""The fields of a table of a lesson file, each taken once; what is wrong is collected."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from engine.teaching.lesson import LANGUAGES, OTHER_LANGUAGES, Text
from engine.teaching.reading.faults import LessonFault
from engine.teaching.reading.markdown import checked
from engine.teaching.reading.toml_lines import Lines
from engine.user_error import UserError, shown
from engine.words import mark

_Found = TypeVar("_Found")

MOST_TOLD = 20
"""So many faults of a file are told; the others are likely to follow from these."""


class Faults:
    """What is wrong with a file so far."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.values = 0  # to be computed for the lesson so far
        self.told: list[LessonFault] = []

    def add(self, fault: UserError, path: tuple[str | int, ...]) -> None:
        """Note a fault of the field at `path`: `("step", 4, "ask")`."""
        if isinstance(fault, LessonFault):
            self.told.append(fault)
            return
        step = next((part for part in path if isinstance(part, int)), None)
        names = path if step is None or path[0] != "step" else path[2:]
        step = step if path and path[0] == "step" else None
        field = ".".join(map(str, names))
        self.told.append(LessonFault(fault, self.lines.of(*path), step, field))


class Fields:
    """A table of the file, from which its fields are taken."""

    def __init__(self, content: dict[str, Any], faults: Faults, *path: str | int) -> None:
        self._content, self._faults, self._path = content, faults, path
        self._taken: set[str] = set()

    def has(self, name: str) -> bool:
        """Return whether there is such a field."""
        return name in self._content

    def fault(self, fault: UserError, name: str = "") -> None:
        """Note what is wrong with a field, or with all of the table."""
        self._faults.add(fault, (*self._path, name) if name else self._path)

    def take(
        self, name: str, read: Callable[[Any], _Found], default: _Found, *, needed: bool = False
    ) -> _Found:
        """Take a field as `read` returns it; a fault is noted, and then the default is taken."""
        self._taken.add(name)
        if name not in self._content:
            if needed:
                self.fault(UserError(mark("this field is missing.")), name)
            return default
        try:
            return read(self._content[name])
        except UserError as fault:
            self.fault(fault, name)
            return default

    def refuse_others(self) -> None:
        """Note every field that was not taken, by its name."""
        for name in self._content:
            if name not in self._taken:
                known = tuple(sorted(self._taken))
                sentence = mark("this field is not known here; there are {allowed}.")
                self.fault(UserError(sentence, allowed=known), printable(name))


def printable(name: str) -> str:
    """Return the name of a field as it is told: short, and without dots and signs."""
    return name if name.isidentifier() and len(name) <= LONGEST_NAME else shown(name)


LONGEST_NAME = 40


def text(content: object) -> Text:
    """Read a text: a table of languages. Raises `UserError`."""
    return Text(tuple((language, checked(said)) for language, said in _spoken(content)))


def texts(most: int) -> Callable[[object], tuple[Text, ...]]:
    """Return what reads a list of texts, at most so many in each language."""

    def read(content: object) -> tuple[Text, ...]:
        rows: dict[str, list[str]] = {}
        for language, said in _languages(content):
            rows[language] = [checked(word(one)) for one in listed(said, most)]
        size = max(map(len, rows.values()))
        for language, row in rows.items():
            if len(row) != size:
                raise UserError(
                    mark("{language} has {value} entries here, and another language {most}."),
                    language=language,
                    value=len(row),
                    most=size,
                )
        return tuple(
            Text(tuple((language, row[i]) for language, row in rows.items())) for i in range(size)
        )

    return read


def _spoken(content: object) -> Iterable[tuple[str, str]]:
    for language, said in _languages(content):
        yield language, word(said)


def _languages(content: object) -> Iterable[tuple[str, object]]:
    known = (*LANGUAGES, *OTHER_LANGUAGES)
    if not isinstance(content, dict):
        raise UserError(
            mark('a text is given in a language, one of {allowed}: text.en = "…".'), allowed=known
        )
    for language in content:
        if language not in known:
            raise UserError(
                mark("{value} is no language of lessons; there are {allowed}."),
                value=shown(language),
                allowed=known,
            )
    if not content:
        raise UserError(mark("there is nothing in it."))
    return sorted(content.items(), key=lambda pair: known.index(pair[0]))


def word(content: object) -> str:
    """Read a text that is not empty. Raises `UserError`."""
    if not isinstance(content, str):
        raise UserError(mark("a text in quotes is meant here, not {value}."), value=shown(content))
    if not content.strip():
        raise UserError(mark("there is nothing in it."))
    return content.strip()


def truth(content: object) -> bool:
    """Read true or false. Raises `UserError`."""
    if not isinstance(content, bool):
        raise UserError(mark("true or false is meant here, not {value}."), value=shown(content))
    return content


def listed(content: object, most: int) -> list[Any]:
    """Read a list of at least one entry. Raises `UserError`."""
    if not isinstance(content, list):
        raise UserError(
            mark("a list in brackets is meant here, not {value}."), value=shown(content)
        )
    if not 1 <= len(content) <= most:
        raise UserError(
            mark("a list of 1 to {most} entries is meant here, not of {value}."),
            most=most,
            value=len(content),
        )
    return content


def words(most: int) -> Callable[[object], list[str]]:
    """Return what reads a list of texts, or one alone."""
    return lambda content: (
        [word(content)] if isinstance(content, str) else [*map(word, listed(content, most))]
    )


def table(content: object) -> dict[str, Any]:
    """Read a table. Raises `UserError`."""
    if not isinstance(content, dict):
        raise UserError(mark("a table is meant here, not {value}."), value=shown(content))
    return content


def one_of(*allowed: str) -> Callable[[object], str]:
    """Return what reads one of some words."""

    def read(content: object) -> str:
        if content not in allowed:
            raise UserError(
                mark("{value} is not known here; there are {allowed}."),
                value=shown(content),
                allowed=allowed,
            )
        return str(content)

    return read
