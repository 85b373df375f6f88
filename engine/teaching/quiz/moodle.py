"""Moodle XML: numerical questions keep a sentence for each mistake, with its own tolerance.

See the documentation of Moodle, "Moodle XML format". Moodle compares with the answers in their
order, and refuses fractions other than those it knows: here are 0 and 100 alone.
"""

from collections.abc import Iterator, Sequence
from html import escape

from engine.teaching.quiz.html import number
from engine.teaching.quiz.question import Asked, Card, Choice, Essay, Numerical, Question

_PENALTY = "0.3333333"


def moodle(questions: Sequence[Question], title: str) -> str:
    """Return a file that Moodle imports into a category of this title."""
    category = f"top/Chainstep/{title.replace('/', '//')}"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<quiz>",
        '<question type="category">',
        f"<category><text>{_plain(category)}</text></category>",
        "</question>",
    ]
    for question in questions:
        lines += _question(question)
    return "\n".join([*lines, "</quiz>", ""])


def _plain(text: str) -> str:
    return escape(text, quote=False)


def _html(tag: str, html: str) -> str:
    return f'<{tag} format="html"><text>{escape(html, quote=False)}</text></{tag}>'


def _question(question: Question) -> Iterator[str]:
    kind = {Numerical: "numerical", Choice: "multichoice"}.get(type(question), "essay")
    yield f'<question type="{kind}">'
    yield f"<name><text>{_plain(question.name)}</text></name>"
    yield _html("questiontext", question.text)
    yield _html("generalfeedback", question.afterwards)
    yield f"<defaultgrade>1</defaultgrade><penalty>{_PENALTY}</penalty><hidden>0</hidden>"
    match question:
        case Numerical():
            yield from _numbers(question)
        case Choice():
            yield "<single>true</single><shuffleanswers>true</shuffleanswers>"
            yield "<answernumbering>abc</answernumbering>"
            for text, right, because in question.options:
                yield f'<answer fraction="{100 if right else 0}" format="html">'
                yield f"<text>{_plain(text)}</text>{_html('feedback', because)}</answer>"
        case Essay() | Card():
            model = question.model if isinstance(question, Essay) else question.back
            yield "<responseformat>editor</responseformat><responserequired>1</responserequired>"
            yield f"<responsefieldlines>5</responsefieldlines>{_html('graderinfo', model)}"
    yield from _rest(question)
    yield "</question>"


def _numbers(question: Numerical) -> Iterator[str]:
    yield _answer(100, number(question.value), question.right, question.tolerance)
    for wrong in question.wrong:
        yield _answer(0, number(wrong.value), wrong.sentence, wrong.tolerance)
    if question.otherwise:
        yield _answer(0, "*", question.otherwise, 0)
    yield "<unitgradingtype>0</unitgradingtype><unitpenalty>0.1</unitpenalty>"
    yield "<showunits>3</showunits><unitsleft>0</unitsleft>"


def _answer(fraction: int, text: str, feedback: str, tolerance: float) -> str:
    return (
        f'<answer fraction="{fraction}" format="moodle_auto_format"><text>{text}</text>'
        f"{_html('feedback', feedback)}<tolerance>{number(tolerance)}</tolerance></answer>"
    )


def _rest(question: Asked) -> Iterator[str]:
    for hint in question.hints:
        yield _html("hint", hint)
    if question.tags:
        tags = "".join(f"<tag><text>{_plain(tag)}</text></tag>" for tag in question.tags)
        yield f"<tags>{tags}</tags>"
