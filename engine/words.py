"""Sentences for the user: marked for the translators, and those that describe a step."""

from dataclasses import dataclass


def mark(text: str) -> str:
    """Return `text` unchanged; it marks a sentence for the translators."""
    return text


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
