"""The languages that there are: English, and one for each catalogue in assets/translations.

A catalogue says of itself what nobody else can know, in messages of the context "this language":
its own name, and its decimal sign. To add a language is to add its catalogue, and no more.
"""

import gettext
from functools import lru_cache

from engine.words import Say
from gui.resources import asset

ENGLISH = "en"
"""The language that all is written in: it needs no catalogue."""

FOLDER = asset("translations")


class Language(Say):
    """Says sentences in one language: those of its catalogue."""

    def __init__(self, code: str, translations: gettext.NullTranslations) -> None:
        self.code = code
        self._find, self._count = translations.gettext, translations.ngettext

    def _found(self, text: str) -> str:
        return self._find(text)

    def _form(self, one: str, many: str, count: int) -> str:
        return self._count(one, many, count)

    @property
    def own_name(self) -> str:
        """The language by its own name."""
        return self.within("this language", "English")

    @property
    def decimal_sign(self) -> str:
        """What stands before the decimals of a number: a point or a comma."""
        return self.within("this language", ".")


@lru_cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there are, English first: "en", "zh_CN"."""
    return (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.mo")))


@lru_cache
def speech(language: str) -> Language:
    """Return what says English sentences in `language`, one of `languages()`."""
    if language == ENGLISH:
        return Language(language, gettext.NullTranslations())
    with (FOLDER / f"{language}.mo").open("rb") as file:
        return Language(language, gettext.GNUTranslations(file))


def understood(wished: list[str]) -> str:
    """Return the first language that there is of those a system would like: "es-MX" → "es".

    A system that likes another form of a language gets the form that there is.
    """
    for name in wished:
        exact = name.replace("-", "_")
        if exact in languages():
            return exact
        alike = [code for code in languages() if code.split("_")[0] == exact.split("_")[0]]
        if alike:
            return alike[0]
    return ENGLISH
