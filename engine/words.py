"""Sentences for the user: marked for the translators, and those that describe a step."""

from collections.abc import Mapping
from dataclasses import dataclass

_BETWEEN = "\x04"
"""Stands between a context and its text, as in the catalogues of gettext."""


def mark(text: str) -> str:
    """Return `text` unchanged; it marks a sentence for the translators."""
    return text


def within(context: str, text: str) -> str:
    """Mark a text that means another thing elsewhere; `context` tells translators which it is.

    Only a `Say` gives the text back.
    """
    return f"{context}{_BETWEEN}{text}"


class Counted(str):
    """A text that depends on a number in it: English for any number but one.

    `one` is the text for one; `by` is the name of the gap that holds the number.
    """

    __slots__ = ("by", "one")
    one: str
    by: str


def counted(one: str, many: str, by: str = "number") -> Counted:
    """Mark a text that depends on the number in its gap `by`; `Say.chosen` finds the right form."""
    text = Counted(many)
    text.one, text.by = one, by
    return text


class Say:
    """Says sentences in English; in other languages where it is inherited (`gui.language`).

    >>> say = Say()
    >>> say("Saved"), say.within("number of multiplications", "saved")
    ('Saved', 'saved')
    >>> say.counted("{number} epoch", "{number} epochs", 1)
    '1 epoch'
    """

    @property
    def decimal_sign(self) -> str:
        """What stands before the decimals of a number: a point or a comma."""
        return "."

    def __call__(self, text: str) -> str:
        """Say a sentence; its gaps stay."""
        return self._found(text).rpartition(_BETWEEN)[2]

    def within(self, context: str, text: str) -> str:
        """Say a text that means another thing elsewhere."""
        return self(within(context, text))

    def counted(self, one: str, many: str, count: int, /, **gaps: object) -> str:
        """Say a sentence in the form for `count` things, and fill its gaps, {number} with `count`.

        `one` is English for one thing, and `many` for any other number.
        """
        return self._form(one, many, count).format(**{"number": count, **gaps})

    def chosen(self, text: str, values: Mapping[str, object]) -> str:
        """Say a sentence whose gaps will hold `values`, in the form for its number."""
        if not isinstance(text, Counted):
            return self(text)
        number = values[text.by]
        return self._form(text.one, str(text), number if isinstance(number, int) else 0)

    def _found(self, text: str) -> str:
        return text

    def _form(self, one: str, many: str, count: int) -> str:
        return one if count == 1 else many


@dataclass(frozen=True, slots=True)
class Words:
    """What a step does, in a short sentence without a full stop, to be translated.

    `curved` is said of chains with an activation other than the identity. `comment` stands in
    programs above the line where an algorithm makes its mistake, `curved_comment` likewise.
    """

    plain: str = ""
    curved: str = ""
    comment: str = ""
    curved_comment: str = ""

    def of(self, *, linear: bool) -> str:
        """Return the sentence for a linear chain or any other."""
        return self.plain if linear else self.curved or self.plain

    def comment_of(self, *, linear: bool) -> str:
        """Return the comment, "" for a step without a mistake."""
        return self.comment if linear else self.curved_comment or self.comment
