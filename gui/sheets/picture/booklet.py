"""A lesson on paper: what learners read and answer, and the answers for the teacher. No Qt."""

from collections.abc import Iterator
from string import ascii_uppercase

from engine.experiment import Experiment
from engine.moment import moment_at
from engine.quantities import Name, Quantity
from engine.teaching.choices import options_of, shuffled
from engine.teaching.lesson import (
    CarryOut,
    Choose,
    Do,
    Explain,
    Lesson,
    LessonStep,
    Number,
    Point,
    Text,
)
from engine.teaching.questions import asked_name, began_at, rows_of, search_of
from engine.teaching.sheets import Row
from engine.teaching.standing import Standing
from engine.user_error import UserError
from engine.words import Say, mark, within
from gui.language import sentence, speech
from gui.language.joining import labelled, listed
from gui.language.numbers import by_hand
from gui.sheets.picture.blocks import (
    Blanks,
    Block,
    Cell,
    Chain,
    Column,
    Document,
    Given,
    Group,
    Options,
    Piece,
    Prose,
    Rules,
    Table,
    plain,
)
from gui.sheets.picture.blocks import (
    Text as Paragraph,
)
from gui.sheets.picture.formulas import formula, symbol
from gui.words.lesson_kinds import KINDS

DIGITS = 5
MOST_LAYERS = 6
"""A longer chain has no room on a page: its numbers stand in a line."""

_NAME, _DATE = within("work sheet", "Name"), within("work sheet", "Date")
_ANSWER = mark("Answer")
_FORMULA, _RESULT = mark("Formula"), mark("Result")
_POINT = mark("Mark it in the picture above.")
_IN_WINDOW = mark("Open the lesson in Chainstep for this step. What did you change?")
_PANEL = mark("In Chainstep a panel at the right belongs to this step.")
_FIND = mark("The first wrong row:")
_EPOCH_SAMPLE = mark("epoch {epoch}, sample {sample}")
_FOOT = mark("{title} · Chainstep {version}")


class Booklet:
    """Makes the pages of a lesson in one language."""

    def __init__(self, lesson: Lesson, language: str, version: str) -> None:
        self.lesson, self.language, self.version = lesson, language, version
        self.say: Say = speech(language)
        self.title = lesson.title.of(language)

    @property
    def foot(self) -> str:
        """The line at the foot of each page."""
        return self.say(_FOOT).format(title=self.title, version=self.version).strip()

    def questions(self) -> Document:
        """Return the pages of the learner."""
        names = tuple((plain(self.say(one)), width) for one, width in ((_NAME, 190), (_DATE, 90)))
        groups = [Group((Blanks(names), Paragraph(self.title, "title")))]
        shown: object = None
        for step in self.lesson.steps:
            picture = tuple(self._picture(step))
            # The same picture does not come twice in a row.
            new = () if picture == shown else picture
            shown = picture or shown
            heading = Paragraph(self.heading(step), "heading")
            text = Prose(self.filled(step.text, step.here))
            panel = (Paragraph(self.say(_PANEL), "note"),) if step.panel else ()
            groups.append(Group((heading, *new, text, *panel, *self._room(step))))
        return Document(self.title, tuple(groups), self.foot, self.language)

    def heading(self, step: LessonStep) -> str:
        """Return the number of a step, and what is to be done."""
        kind = self.say(KINDS[step.kind])
        return self.say("{number} · {kind}").format(number=step.number, kind=kind)

    def filled(self, text: Text, here: Standing) -> str:
        """Return a text with its values; what does not exist is told in its place."""
        try:
            return text.filled(self.language, here, self.write, self.say("never"))
        except UserError as fault:
            return f"{text.of(self.language)} ({sentence(fault, self.language)})"

    def write(self, value: float) -> str:
        """Return a number as it stands in a lesson."""
        return by_hand(value, DIGITS, self.say)

    def _picture(self, step: LessonStep) -> Iterator[Block]:
        """Yield the chain where the window stands, and its numbers."""
        index = _index(step)
        moment = moment_at(step.run, index)
        experiment = step.experiment
        if experiment.epochs > 0 and (moment.update or len(experiment.samples) > 1):
            place = self.say(_EPOCH_SAMPLE).format(epoch=moment.epoch, sample=moment.sample)
            items = [plain(place)]
        else:
            items = []
        rate = Name(Quantity.LEARNING_RATE, 0)
        items.append(
            (symbol(rate, experiment), Piece(f" = {self.write(experiment.learning_rate)}", "math"))
        )
        if experiment.layers > MOST_LAYERS:
            yield Given((*items, *self._weights(experiment)))
            return
        yield Given(tuple(items))
        covered = {*_covered(step), *self._asked(step, moment.update)}
        yield Chain(experiment, (self.language,), index, frozenset(covered), step.mark)

    def _asked(self, step: LessonStep, update: int) -> Iterator[Name]:
        """Yield the numbers that were asked before: on paper a picture below would tell them."""
        for before in self.lesson.steps[: step.number - 1]:
            if before.experiment == step.experiment:
                asked = Standing(before.run, _index(before)).update
                yield from _covered(before) if asked == update else ()

    def _weights(self, experiment: Experiment) -> Iterator[tuple[Piece, ...]]:
        weights = listed(map(self.write, experiment.weights), self.say)
        if len(set(experiment.weights)) == 1:
            weights = f"{self.write(experiment.weights[0])} (× {experiment.layers})"
        yield plain(labelled(self.say("Weights"), weights, self.say))

    def _room(self, step: LessonStep) -> Iterator[Block]:
        """Yield where the answer is written."""
        match step:
            case Number():
                name = asked_name(step)
                label = (
                    plain(self.say(_ANSWER))
                    if name is None
                    else (symbol(name, step.experiment), Piece(" =", "math"))
                )
                yield Blanks(((label, 130),))
            case Choose():
                options = options_of(step)
                texts = [self.filled(options[k].text, step.here) for k in shuffled(step)]
                yield Options(tuple(zip(_boxes(), texts, strict=False)))
            case CarryOut():
                yield self._table(step)
                if step.find:
                    yield Blanks(((plain(self.say(_FIND)), 60),))
            case Point():
                yield Paragraph(self.say(_POINT), "note")
            case Do():
                yield Paragraph(self.say(_IN_WINDOW), "note")
                yield Rules(2)
            case Explain():
                yield Rules(4)
            case _:
                return

    def _table(self, step: CarryOut) -> Table:
        search = search_of(step) if step.find else None
        printed = [row.value for row in search.rows] if search else []
        rows = []
        for k, row in enumerate(carried_out(step)):
            number = plain(self.write(printed[k]), "bold") if printed else ()
            told = () if step.order else formula(row.computation, row.step.phase, step.experiment)
            rows.append((Cell(plain(str(k + 1))), Cell(told), Cell(number)))
        columns = (
            Column(("",), 0.07, centred=True),
            Column((self.say(_FORMULA),), 0.55),
            Column((self.say(_RESULT),), 0.38),
        )
        return Table(columns, tuple(rows), row=22)


def carried_out(step: CarryOut) -> tuple[Row, ...]:
    """Return the rows that are to be carried out."""
    found = []
    for row in rows_of(step):
        moment = moment_at(step.run, row.index)
        if moment.step is not None and moment.computation is not None:
            found.append(Row(moment.step, moment.computation))
    return tuple(found)


def _boxes() -> Iterator[str]:
    return (f"□ {letter}" for letter in ascii_uppercase)


def _index(step: LessonStep) -> int:
    """Return the moment whose picture is shown: that of the question, nothing of its answer."""
    if isinstance(step, CarryOut):
        return began_at(step)
    if "algorithm" in step.covered:
        return step.here.at_end_of_sample().index
    return step.here.index


def _covered(step: LessonStep) -> Iterator[Name]:
    yield from (name for name in step.covered if not isinstance(name, str))
    if isinstance(step, Number) and (name := asked_name(step)) is not None:
        yield name
    if isinstance(step, CarryOut):
        yield from (row.result for row in rows_of(step))
