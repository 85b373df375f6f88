"""What a sheet is written in: one language, or two side by side. No Qt."""

from dataclasses import dataclass

from engine.words import Say
from gui.language import languages, speech

BOTH = "both"
"""Chinese and English on one sheet."""

_TWO = ("zh_CN", "en")


def choices() -> tuple[str, ...]:
    """Return the languages that a sheet can have."""
    return (*languages(), BOTH)


@dataclass(frozen=True, slots=True)
class Tongue:
    """The languages of a sheet, the first of which writes the numbers."""

    languages: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language of what is drawn once, such as the chain."""
        return self.languages[0]

    @property
    def say(self) -> Say:
        """What writes the numbers."""
        return speech(self.language)

    def each(self, text: str, **gaps: object) -> tuple[str, ...]:
        """Return a sentence in each language."""
        return tuple(speech(one).chosen(text, gaps).format(**gaps) for one in self.languages)

    def line(self, text: str, **gaps: object) -> str:
        """Return a heading in all languages, on one line; a colon stands at its end alone."""
        *others, last = dict.fromkeys(self.each(text, **gaps))
        return " · ".join((*(one.rstrip(":：") for one in others), last))


def tongue(choice: str) -> Tongue:
    """Return the languages of a choice, one of `choices()`."""
    return Tongue(_TWO if choice == BOTH else (choice,))
