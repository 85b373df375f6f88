"""Cards for Anki: a text file with tabs, and lines at its head that say what it is.

See the manual of Anki, "Importing text files".
"""

from collections.abc import Iterator, Sequence

from engine.teaching.quiz.html import paragraphs
from engine.teaching.quiz.question import Card, Choice, Essay, Numerical, Question


def anki(questions: Sequence[Question], title: str) -> str:
    """Return one card a line; they go into a deck of this title."""
    deck = " ".join(title.replace("::", ":").split())
    head = ("#separator:Tab", "#html:true", f"#deck:Chainstep::{deck}", "#tags column:3")
    lines = ("\t".join(map(_field, _fields(question))) for question in questions)
    return "\n".join((*head, *lines)) + "\n"


def _field(text: str) -> str:
    """Return a field in one line: a quotation mark at its beginning would open a longer one."""
    return " ".join(text.split()).replace('"', "&quot;")


def _fields(question: Question) -> Iterator[str]:
    yield question.text + "".join(_choices(question))
    match question:
        case Numerical():
            yield paragraphs(f"<b>{question.written}</b>") + question.right
        case Choice():
            right = (text for text, is_right, _ in question.options if is_right)
            yield "".join(right) + question.afterwards
        case Essay():
            yield question.model + question.afterwards
        case Card():
            yield question.back + question.afterwards
    yield " ".join(tag.replace(" ", "_") for tag in question.tags)


def _choices(question: Question) -> Iterator[str]:
    if isinstance(question, Choice):
        yield "<ul>" + "".join(f"<li>{text}</li>" for text, _, _ in question.options) + "</ul>"
