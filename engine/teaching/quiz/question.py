"""The questions of a quiz. All texts are HTML of paragraphs, lists and type."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong number, the tolerance within which it is recognised, and what is said to it."""

    value: float
    tolerance: float
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What all questions have: a name of its own, what is asked, hints and tags.

    `afterwards` is said once it is answered.
    """

    name: str
    text: str
    hints: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    afterwards: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerical(Asked):
    """A number is to be typed. `otherwise` is said to what is neither right nor a known mistake.

    `written` is the number as the language of the question writes it.
    """

    value: float
    written: str
    tolerance: float
    right: str
    wrong: tuple[Wrong, ...] = ()
    otherwise: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Asked):
    """One of several is to be chosen: each with whether it is right, and what is said to it."""

    options: tuple[tuple[str, bool, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Essay(Asked):
    """A sentence is to be written; `model` is one that says it well."""

    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card(Asked):
    """Something to remember: `back` is the other side of the card."""

    back: str


Question = Numerical | Choice | Essay | Card
