"""A language that nobody speaks: English with accents, two fifths longer.

It is made here, out of what the program says, and written as a catalogue into a folder of the
test. Whatever is not looked up shows itself by lacking accents; whatever has too little room for
Spanish, French or Finnish shows itself by being cut off.
"""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tests.gui.language.messages import marked

CODE, OWN_NAME = "eo", "Esperanto"
_ACCENTS = str.maketrans("aeiouyncAEIOUYNC", "áéíóúýñçÁÉÍÓÚÝÑÇ")
_WORD = re.compile(r"\{\w*\}|[A-Za-z]*[a-z][A-Za-z]+")
"""A gap, or a word; symbols of one letter and abbreviations are the same in every language."""


def pseudo(text: str) -> str:
    """Return a text as the pseudo-language has it.

    >>> pseudo("Save {name} as CSV…")
    'Sáavée {name} áas CSV…'
    """
    return _WORD.sub(lambda word: word[0] if word[0][0] == "{" else _longer(word[0]), text)


def _longer(word: str) -> str:
    more = -(-len(word) * 2 // 5)  # two fifths, rounded up
    vowels = [i for i, letter in enumerate(word) if letter in "aeiou"]
    others = [i for i in range(len(word)) if i not in vowels]
    doubled = set((vowels + others[::-1])[:more])
    return "".join(
        letter.translate(_ACCENTS) + letter.lower() * (i in doubled)
        for i, letter in enumerate(word)
    )


@lru_cache
def _compiled() -> bytes:
    made = Catalog(locale=CODE)
    for context, text, plural in marked():
        if plural is None:
            made.add(text, pseudo(text), context=context)
        else:
            made.add((text, plural), (pseudo(text), pseudo(plural)), context=context)
    made.get("English", "this language").string = OWN_NAME
    made.get(".", "this language").string = ","
    file = BytesIO()
    write_mo(file, made)
    return file.getvalue()


def write_catalogue(folder: Path) -> None:
    """Write the catalogue of the pseudo-language into a folder."""
    (folder / f"{CODE}.mo").write_bytes(_compiled())
