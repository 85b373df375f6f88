"""Reads the steps of a lesson file: one function for each of the eight kinds."""

import re
from typing import TYPE_CHECKING, Any

from engine.experiment import Experiment
from engine.teaching.lesson import (
    HELP,
    KINDS,
    NO_TEXT,
    CarryOut,
    Choose,
    Do,
    Explain,
    LessonStep,
    Number,
    Option,
    Page,
    Point,
    Text,
    Watch,
)
from engine.teaching.places import (
    FIRST,
    START,
    StepName,
    Visit,
    parse_step,
    parse_visit,
    step_position,
    update_of,
)
from engine.teaching.reading.common import CommonReader
from engine.teaching.reading.experiments import FIELDS
from engine.teaching.reading.fields import Fields, listed, one_of, table, texts, truth, word, words
from engine.teaching.terms import WORDS, Value
from engine.user_error import UserError, shown
from engine.words import mark

if TYPE_CHECKING:
    from collections.abc import Callable

MOST_OPTIONS, MOST_POINTS, MOST_NEAR_MISSES, MOST_SENTENCES = 4, 3, 10, 30
_NAME = re.compile("[a-z][a-z_]*")
WIDEST_TOLERANCE = 0.5


class StepReader(CommonReader):
    """One step of a file. What is wrong is noted in `faults`, and then the default is taken."""

    def step(self) -> LessonStep | None:
        """Return the step, or None for one of no known kind."""
        kind = self._fields.take("kind", one_of(*KINDS), "", needed=True)
        if not kind:
            return None
        self._choose_experiment()
        self._choose_place(kind)
        makers: dict[str, Callable[[dict[str, Any]], LessonStep]] = {
            Page.kind: lambda common: Page(**common),
            Watch.kind: self._watch,
            Number.kind: self._number_step,
            Choose.kind: self._choose,
            Point.kind: self._point,
            Do.kind: self._do,
            CarryOut.kind: self._carry_out,
            Explain.kind: self._explain,
        }
        step = makers[kind](self._common(kind))
        self._fields.refuse_others()
        return step

    def _watch(self, common: dict[str, Any]) -> Watch:
        self._fields.take("from", self._place, START)
        return Watch(**common, to=self._to)

    def _number_step(self, common: dict[str, Any]) -> Number:
        fields = self._fields
        said: tuple[tuple[str | Value, Text], ...] = ()
        said = fields.take("slips", self._sentences, said)
        return Number(
            **common,
            ask=fields.take("ask", self._value, Value(0.0), needed=True),
            tolerance=fields.take("tolerance", _tolerance, None),
            slips=tuple((key, text) for key, text in said if isinstance(key, str)),
            values=tuple((key, text) for key, text in said if not isinstance(key, str)),
        )

    def _sentences(self, content: object) -> tuple[tuple[str | Value, Text], ...]:
        """Read sentences to wrong numbers: by the name of a slip, or by a value."""
        rows = table(content)
        if len(rows) > MOST_SENTENCES:
            raise UserError(
                mark("at most {most} sentences are meant here, not {value}."),
                most=MOST_SENTENCES,
                value=len(rows),
            )
        gapped = self._gapped(self._asked)
        return tuple((self._slip_or_value(key), gapped(said)) for key, said in rows.items())

    def _slip_or_value(self, key: str) -> str | Value:
        if _NAME.fullmatch(key) and key not in WORDS:
            return key
        return self._value(key)

    def _choose(self, common: dict[str, Any]) -> Choose:
        fields = self._fields
        slips = fields.has("options") and fields.take(
            "options", lambda c: c == "slips", default=False
        )
        ask = fields.take("ask", self._value, None, needed=slips)
        if slips:
            return Choose(**common, ask=ask)
        if ask is not None:
            fault = UserError(mark("it is asked for only with options = {value}."), value='"slips"')
            fields.fault(fault, "ask")
        rows: list[Any] = []
        rows = fields.take("options", lambda c: listed(c, MOST_OPTIONS), rows, needed=True)
        options = tuple(filter(None, (self._option(i, row) for i, row in enumerate(rows, start=1))))
        return Choose(**common, options=options)

    def _option(self, number: int, content: object) -> Option | None:
        path = ("step", self._number, "options", number)
        try:
            fields = Fields(table(content), self._faults, *path)
        except UserError as fault:
            self._faults.add(fault, path)
            return None
        option = Option(
            text=fields.take("text", self._gapped(self._index), NO_TEXT, needed=True),
            holds=fields.take("holds", self._conditions, (), needed=True),
            because=fields.take("because", self._gapped(self._asked), NO_TEXT),
        )
        fields.refuse_others()
        return option

    def _point(self, common: dict[str, Any]) -> Point:
        return Point(**common, target=self._fields.take("target", self._names, (), needed=True))

    def _do(self, common: dict[str, Any]) -> Do:
        fields = self._fields
        edit: tuple[str, ...] = ()
        edit = fields.take("edit", _edit, edit, needed=True)

        def edited(content: object) -> Experiment:
            one_of_these = one_of(*edit)
            for name in table(content):
                one_of_these(name)
            return self._changed(content)

        def several(content: object) -> tuple[Experiment, ...]:
            rows = [content] if isinstance(content, dict) else listed(content, MOST_NEAR_MISSES)
            return tuple(map(edited, rows))

        return Do(
            **common,
            edit=edit,
            goal=fields.take("goal", self._conditions, (), needed=True),
            solution=fields.take("solution", edited, None),
            near_miss=fields.take("near_miss", several, ()),
        )

    def _carry_out(self, common: dict[str, Any]) -> CarryOut:
        fields = self._fields
        start = (StepName("forward", 1), FIRST)
        first, visit = fields.take("from", self._step_name, start, needed=True)
        last, _ = fields.take("to", self._step_name, (first, FIRST), needed=True)
        structure = self._experiment.structure
        if step_position(structure, last) < step_position(structure, first):
            sentence = mark("it comes before the step {step}, from which one starts.")
            fields.fault(UserError(sentence, step=str(first)), "to")
        return CarryOut(
            **common,
            first=first,
            last=last,
            visit=visit,
            help=fields.take("help", one_of(*HELP), "symbols"),
            order=fields.take("order", truth, default=False),
            find=fields.take("find", truth, default=False),
        )

    def _step_name(self, content: object) -> tuple[StepName, Visit]:
        head, at, tail = word(content).partition("@")
        step, visit = parse_step(head), parse_visit(tail) if at else FIRST
        step_position(self._experiment.structure, step)
        update_of(visit, self._experiment)
        return step, visit

    def _explain(self, common: dict[str, Any]) -> Explain:
        fields = self._fields
        return Explain(
            **common,
            model=fields.take("model", self._gapped(self._asked), NO_TEXT, needed=True),
            points=fields.take("points", texts(MOST_POINTS), (), needed=True),
        )


def _edit(content: object) -> tuple[str, ...]:
    return tuple(map(one_of(*FIELDS), words(len(FIELDS))(content)))


def _tolerance(content: object) -> float:
    number = content if isinstance(content, int | float) else 0.0
    if not 0 < number <= WIDEST_TOLERANCE:
        raise UserError(
            mark("a tolerance is a share above 0, at most {most}, not {value}."),
            most=WIDEST_TOLERANCE,
            value=shown(content),
        )
    return float(number)
