"""GIFT, for those who edit questions as text; Moodle and others read it.

A number is {#=%100%2:0.01#right =%0%-24:0.12#what was mistaken ~#else}: so Moodle's reader takes
it (question/format/gift/format.php). It has no hints.
"""

import re
from collections.abc import Iterator, Sequence

from engine.teaching.quiz.html import number
from engine.teaching.quiz.question import Card, Choice, Essay, Numerical, Question

_SPECIAL = re.compile(r"([\\~=#{}:])")


def gift(questions: Sequence[Question], title: str) -> str:
    """Return the questions; a blank line ends each of them."""
    category = title.replace("/", "//")
    blocks = [f"$CATEGORY: top/Chainstep/{category}"]
    blocks += ["\n".join(_question(question)) for question in questions]
    return "\n\n".join(blocks) + "\n"


def escaped(text: str) -> str:
    """Return a text in one line, its special signs with a backslash."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _question(question: Question) -> Iterator[str]:
    if question.tags:
        yield "// " + " ".join(f"[tag:{tag}]" for tag in question.tags)
    yield f"::{escaped(question.name)}::[html]{escaped(question.text)} {{"
    match question:
        case Numerical():
            yield from _numbers(question)
        case Choice():
            for text, right, because in question.options:
                yield f"{'=' if right else '~'}{escaped(text)}{_feedback(because)}"
        case Essay() | Card():
            pass
    afterwards = question.afterwards
    if isinstance(question, Essay):
        afterwards = question.model + afterwards
    elif isinstance(question, Card):
        afterwards = question.back + afterwards
    if afterwards:
        yield f"####{escaped(afterwards)}"
    yield "}"


def _numbers(question: Numerical) -> Iterator[str]:
    yield "#"
    yield f"=%100%{number(question.value)}:{number(question.tolerance)}{_feedback(question.right)}"
    for wrong in question.wrong:
        yield f"=%0%{number(wrong.value)}:{number(wrong.tolerance)}{_feedback(wrong.sentence)}"
    if question.otherwise:
        yield f"~{_feedback(question.otherwise)}"


def _feedback(html: str) -> str:
    return f"#{escaped(html)}" if html else ""
