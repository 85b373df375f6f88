"""Reads what all steps of a lesson file have: experiment, place, texts, what is lit or hidden."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.experiment import Experiment
from engine.presets import OPENING, preset_named
from engine.programs import FORMS
from engine.quantities import Name
from engine.steps import steps_per_sample
from engine.teaching.existence import all_must_exist, name_of_term
from engine.teaching.lesson import (
    COVERED_WORDS,
    LEVELS,
    NO_TEXT,
    PANELS,
    PLOTS,
    CarryOut,
    Do,
    LessonStep,
    Page,
    Text,
    Watch,
)
from engine.teaching.parsing import parse_condition, parse_value
from engine.teaching.places import START, Place, index_in, parse_place
from engine.teaching.reading.experiments import PRESET_NAMES, changed
from engine.teaching.reading.fields import Faults, Fields, one_of, text, texts, truth, word, words
from engine.teaching.reading.markdown import gaps
from engine.teaching.terms import Condition, Value
from engine.user_error import UserError, shown
from engine.words import mark

MOST_HINTS, MOST_GOALS, MOST_NAMES = 2, 10, 40
MOST_VALUES, MOST_VALUES_IN_ALL = 20, 1500
"""Values to be computed in a text, and in a lesson: some of them take milliseconds."""

NO_NAMES: tuple[Name, ...] = ()
NOT_COVERED: tuple[Name | str, ...] = ()
NO_TEXTS: tuple[Text, ...] = ()
_PANEL_NAMES = {**{name: name for name in PANELS}, "check": "gradient_check"}


class CommonReader:
    """What all kinds of step have. What is wrong is noted in `faults`, and a default taken."""

    def __init__(
        self,
        content: dict[str, Any],
        number: int,
        faults: Faults,
        experiments: Mapping[str, Experiment],
        before: LessonStep | None,
    ) -> None:
        self._fields = Fields(content, faults, "step", number)
        self._faults, self._number = faults, number
        self._line = faults.lines.of("step", number)
        self._experiments = experiments
        self._experiment, self._preset = OPENING, ""
        self._before = before
        self._at, self._index, self._asked = START, 0, 0
        self._to: Place | None = None

    def _choose_experiment(self) -> None:
        fields = self._fields
        if self._before is not None:
            self._experiment, self._preset = self._before.experiment, self._before.preset
        if fields.has("experiment"):
            name = fields.take("experiment", self._named, "")
            if name:
                self._experiment, self._preset = self._experiments[name], ""
        if fields.has("preset"):
            if fields.has("experiment"):
                fault = UserError(mark("a step has an experiment or a preset, not both."))
                fields.fault(fault, "preset")
            name = fields.take("preset", one_of(*PRESET_NAMES), "")
            if name:
                self._experiment, self._preset = preset_named(name).experiment, name
        for name in ("experiment", "preset"):
            fields.take(name, lambda _: None, None)

    def _named(self, content: object) -> str:
        if not self._experiments:
            raise UserError(
                mark("this file has no [experiment.{name}]."), name=shown(content)[1:-1]
            )
        return one_of(*self._experiments)(content)

    def _choose_place(self, kind: str) -> None:
        if kind == Do.kind:
            self._experiment = self._fields.take("start", self._changed, self._experiment)
        starts = "from" if kind in (Watch.kind, CarryOut.kind) and self._fields.has("from") else ""
        if kind == Watch.kind and starts and not self._fields.has("at"):
            self._at = self._fields.take("from", self._place, START)
        elif kind != CarryOut.kind or self._fields.has("at"):
            self._at = self._fields.take("at", self._place, START)
        elif starts:
            # The window stands before the first step that is carried out.
            self._at = self._fields.take("from", lambda c: self._place(f"before {word(c)}"), START)
        self._fields.take("at", lambda _: None, None)
        if kind == Watch.kind:
            self._to = self._fields.take("to", self._place, self._to)
        self._index = index_in(self._to or self._at, self._experiment)
        self._asked = index_in(self._at, self._experiment, asked=True)

    def _changed(self, content: object) -> Experiment:
        return changed(self._experiment, content)

    def _place(self, content: object) -> Place:
        place = parse_place(word(content))
        index_in(place, self._experiment, asked=True)
        return place

    def _common(self, kind: str) -> dict[str, Any]:
        fields, reads = self._fields, kind in (Page.kind, Watch.kind)
        common = {
            "number": self._number,
            "line": self._line,
            "experiment": self._experiment,
            "preset": self._preset,
            "at": self._at,
            "text": fields.take(
                "text" if reads and not fields.has("prompt") else "prompt",
                self._gapped(self._index),
                NO_TEXT,
                needed=True,
            ),
            "note": fields.take("note", text, NO_TEXT),
            "mark": fields.take("mark", self._names, NO_NAMES),
            "covered": fields.take("covered", self._covered, NOT_COVERED),
            "curtain": fields.take("curtain", truth, default=False),
            "panel": _PANEL_NAMES.get(fields.take("panel", one_of(*_PANEL_NAMES), ""), ""),
            "plot": fields.take("plot", one_of(*PLOTS), ""),
            "level": fields.take("level", one_of(*LEVELS), ""),
            "form": fields.take("form", one_of(*FORMS), ""),
        }
        common["hints"] = fields.take("hints", self._hints, NO_TEXTS)
        common["after"] = fields.take("after", self._gapped(self._asked), NO_TEXT)
        return common

    def _gapped(self, index: int) -> Callable[[object], Text]:
        def read(content: object) -> Text:
            return self._with_values(text(content), index)

        return read

    def _with_values(self, found: Text, index: int) -> Text:
        for _, said in found.by_language:
            values = tuple(gaps(said))
            if len(values) > MOST_VALUES:
                raise UserError(
                    mark("at most {most} values are meant in a text, not {value}."),
                    most=MOST_VALUES,
                    value=len(values),
                )
            self._count(len(values))
            for value in values:
                all_must_exist(value, self._experiment, index)
        return found

    def _count(self, values: int) -> None:
        """Count what has to be computed. Raises `UserError` where that is too much for a lesson."""
        self._faults.values += values
        if self._faults.values > MOST_VALUES_IN_ALL:
            raise UserError(
                mark("a lesson has at most {most} values and conditions."), most=MOST_VALUES_IN_ALL
            )

    def _hints(self, content: object) -> tuple[Text, ...]:
        return tuple(self._with_values(t, self._index) for t in texts(MOST_HINTS)(content))

    def _names(self, content: object) -> tuple[Name, ...]:
        return tuple(map(self._name, words(MOST_NAMES)(content)))

    def _name(self, said: str) -> Name:
        term = parse_value(said).term
        name = name_of_term(term, self._experiment.layers) if term else None
        if term is None or name is None or term.place is not None or term.by is not None:
            raise UserError(
                mark("{value} is no name of a number in the picture, such as weight 3."),
                value=shown(said),
            )
        last = self._experiment.updates * _size(self._experiment)
        all_must_exist(parse_value(said), self._experiment, last)
        return name

    def _covered(self, content: object) -> tuple[Name | str, ...]:
        return tuple(
            said if said in COVERED_WORDS else self._name(said)
            for said in words(MOST_NAMES)(content)
        )

    def _value(self, content: object) -> Value:
        value = parse_value(word(content))
        all_must_exist(value, self._experiment, self._asked)
        return value

    def _conditions(self, content: object) -> tuple[Condition, ...]:
        found = tuple(map(parse_condition, words(MOST_GOALS)(content)))
        self._count(len(found))
        size = _size(self._experiment)
        for condition in found:
            end = (max(self._index - 1, 0) // size + 1) * size
            all_must_exist(condition, self._experiment, end)
        return found


def _size(experiment: Experiment) -> int:
    return steps_per_sample(experiment.structure)
