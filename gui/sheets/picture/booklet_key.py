"""The answers of a lesson on paper, with what mistakes give, hints and notes. No Qt."""

from collections.abc import Iterator

from engine.teaching.answers import judge_answer, slips_of, written_for
from engine.teaching.choices import options_of, right_options, shuffled
from engine.teaching.lesson import CarryOut, Choose, Do, Explain, LessonStep, Number
from engine.teaching.lesson_check import changes
from engine.teaching.questions import search_of
from engine.teaching.told import verdict_words
from engine.teaching.values import is_never, value_at
from engine.words import mark
from gui.language.joining import labelled
from gui.sheets.picture.blocks import (
    Block,
    Cell,
    Column,
    Document,
    Group,
    Options,
    Prose,
    Table,
    Text,
    plain,
)
from gui.sheets.picture.booklet import Booklet, carried_out
from gui.sheets.picture.formulas import formula, with_numbers
from gui.words import symbols

_ANSWERS = mark("Answers")
_SLIPS = mark("Wrong answers, and where they come from:")
_FOR_NUMBERS = 62.0
"""In points: the room for a number before its sentence."""

_FORMULA, _NUMBERS, _RESULT = mark("Formula"), mark("With numbers"), mark("Result")
_ANSWER, _HINT = mark("Answer"), mark("Hint")
_LATER, _NOTE = mark("Afterwards"), mark("For the teacher")
_SOLUTION = mark("For example")
_FIRST_WRONG = mark("The first wrong row is {number}.")
_MOST_SLIPS = 6


class Key:
    """Makes the pages of the teacher."""

    def __init__(self, booklet: Booklet) -> None:
        self._of, self._say = booklet, booklet.say

    def document(self) -> Document:
        """Return the pages with the answers."""
        title = labelled(self._say(_ANSWERS), self._of.title, self._say)
        groups = [tuple(self._step(step)) for step in self._of.lesson.steps]
        kept = [Group(blocks) for blocks in groups if len(blocks) > 1]
        head = Group((Text(title, "title"),))
        return Document(title, (head, *kept), self._of.foot, self._of.language)

    def _step(self, step: LessonStep) -> Iterator[Block]:
        yield Text(self._of.heading(step), "heading")
        yield from self._answer(step)
        for hint in step.hints:
            yield self._labelled(_HINT, self._of.filled(hint, step.here), quiet=True)
        if step.after:
            yield self._labelled(_LATER, self._of.filled(step.after, step.asked), quiet=True)
        if step.note:
            yield self._labelled(_NOTE, step.note.of(self._of.language))

    def _labelled(self, label: str, text: str, *, quiet: bool = False) -> Prose:
        return Prose(
            text,
            labelled(self._say(label), "", self._say).strip(),
            quiet,
        )

    def _answer(self, step: LessonStep) -> Iterator[Block]:
        match step:
            case Number():
                yield from self._number(step)
            case Choose() if step.ask is not None:
                yield self._labelled(
                    _ANSWER, f"**{self._of.write(value_at(step.ask, step.asked))}**"
                )
            case Choose():
                yield from self._chosen(step)
            case CarryOut():
                yield from self._carried_out(step)
            case Do():
                for change in changes(step, step.solution):
                    yield self._labelled(_SOLUTION, f"`{change}`")
            case Explain():
                yield Prose(self._of.filled(step.model, step.here))
                points = [self._of.filled(point, step.here) for point in step.points]
                yield Options(tuple(("□", point) for point in points))
            case _:
                return

    def _number(self, step: Number) -> Iterator[Block]:
        never = is_never(step.ask, step.answer)
        value = self._say("never") if never else self._of.write(step.answer)
        yield self._labelled(_ANSWER, f"**{value}**")
        slips = () if never else slips_of(step).told[:_MOST_SLIPS]
        if slips:
            yield Text(self._say(_SLIPS), "note")
            told = ((self._of.write(slip.value), self._said(step, slip.value)) for slip in slips)
            yield Options(tuple(told), indent=_FOR_NUMBERS)

    def _said(self, step: Number, value: float) -> str:
        """Return what is said to a wrong number: the author's own sentence, if there is one."""
        verdict = judge_answer(step, repr(value))
        written = written_for(step, verdict)
        if written is not None:
            return self._of.filled(written, step.asked).replace("**", "").replace("`", "")
        f = symbols.activation(step.experiment.activation)
        return verdict_words(
            verdict,
            self._say,
            lambda name: symbols.of(name, step.experiment),
            self._of.write,
            f,
        )

    def _chosen(self, step: Choose) -> Iterator[Block]:
        right = right_options(step)
        told = []
        for letter, k in zip("ABCDEFGH", shuffled(step), strict=False):
            option = options_of(step)[k]
            text = self._of.filled(option.text, step.here)
            because = self._of.filled(option.because, step.asked) if option.because else ""
            sign = "✓" if k in right else "✗"
            told.append((f"{sign} {letter}", f"{text} — *{because}*" if because else text))
        yield Options(tuple(told))

    def _carried_out(self, step: CarryOut) -> Iterator[Block]:
        search = search_of(step) if step.find else None
        if search:
            yield Text(self._say(_FIRST_WRONG).format(number=search.wrong + 1))
        columns = (
            Column(("",), 0.07, centred=True),
            Column((self._say(_FORMULA),), 0.4),
            Column((self._say(_NUMBERS),), 0.33),
            Column((self._say(_RESULT),), 0.2),
        )
        rows = tuple(
            (
                Cell(plain(str(k + 1)), stressed=search is not None and k == search.wrong),
                Cell(formula(row.computation, row.step.phase, step.experiment)),
                Cell(with_numbers(row.computation, step.experiment, self._say)),
                Cell(plain(self._of.write(row.value), "bold")),
            )
            for k, row in enumerate(carried_out(step))
        )
        yield Table(columns, rows, row=16, tight=True)


def booklet(of: Booklet) -> tuple[Document, Document]:
    """Return the pages of the learner, and those of the teacher."""
    return of.questions(), Key(of).document()
