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
    """Says sentences in one language: those of its catalogue.

    Numbers have the decimal sign of the language, or `sign`.
    """

    def __init__(self, translations: gettext.NullTranslations, sign: str = "") -> None:
        self._find, self._count = translations.gettext, translations.ngettext
        self._sign = sign or self.within("this language", ".")

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
        return self._sign


@lru_cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that there are, English first: "en", "zh_CN"."""
    return (ENGLISH, *sorted(path.stem for path in FOLDER.glob("*.mo")))


@lru_cache
def speech(language: str) -> Language:
    """Return what says English sentences in `language`, one of `languages()`.

    It may have a decimal sign of its own: "es@." is Spanish with points.
    """
    code, _, sign = language.partition("@")
    if code == ENGLISH:
        return Language(gettext.NullTranslations(), sign)
    with (FOLDER / f"{code}.mo").open("rb") as file:
        return Language(gettext.GNUTranslations(file), sign)


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
