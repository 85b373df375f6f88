"""The truth of the window: one frozen state, from which every view can be drawn. No Qt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from engine import Experiment, Moment, Run, Step, UserError, moment_at
from engine.checking import EPSILON
from engine.moment import length
from engine.parameters import has
from engine.quantities import Name
from engine.steps import steps_of
from engine.user_error import Location
from engine.words import mark
from gui.language.covering import is_covered
from gui.state.covering import covered_moment
from gui.state.views import Views

if TYPE_CHECKING:
    from engine.teaching.session import LessonSession
    from gui.state.practice import Practice, Question
    from gui.state.presenter import Presenter

NO_DISPLAY = mark("There is no display to open a window on.")

View = TypeVar("View")
"""The record of a view."""

Pointed = Name
"""A number of the chain by its name: (WEIGHT, 2) is w₂, (UPSTREAM, n) is ∂L/∂e."""

LEVELS = ("derivatives", "symbols", "expanded")
"""How far a derivative can be written out in the chain-rule panel."""

TABLES = ("sample", "history")
"""What the panel of numbers shows."""

EXTRAS = ("", "invariants", "curvature")
"""The curve that the diagnosis shows, if any."""

SLOWEST, FASTEST = 0.5, 100_000.0
"""In steps a second: between them is the speed of playing."""

ORDINARY_ZOOM = 100
ZOOMS = (75, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""In percent: how large everything can be drawn."""


@dataclass(frozen=True)
class Look:
    """How things are shown. `theme` may be "system"; `speed` is in steps a second.

    `decimal` is a decimal sign, "" for that of the language. `curtain` hides all results after the
    present step. `dark_system`, `reduced_motion` and `system_type`, how many times as large as
    ordinary its type is, are what the system asks for; `zoom` in percent, one of `ZOOMS`, comes on
    top. `asked`, `ask_every` and `fresh` are of a practice. The rest is what a panel shows: `panel`
    is in front; `level` is one of `LEVELS`, `count_layers` the n of its count; `epsilon` and
    `after_update` are how gradients are checked; `form` is the form of the code, `table` one of
    `TABLES`, `extra` of `EXTRAS`; `surface` are the short names of the parameters on the axes of
    the loss surface, `map_x` and `map_y` those of the map.
    """

    language: str = "en"
    decimal: str = ""
    theme: str = "system"
    dark_system: bool = False
    reduced_motion: bool = False
    zoom: int = ORDINARY_ZOOM
    system_type: float = 1.0
    digits: int = 5
    movement: bool = True
    logarithmic: bool = False
    curtain: bool = False
    speed: float = 2.0
    panel: str = "chain_rule"
    level: str = "symbols"
    count_layers: int = 10
    epsilon: float = EPSILON
    after_update: bool = False
    form: str = "loop"
    table: str = "sample"
    extra: str = ""
    surface: tuple[str, str] = ("w1", "w2")
    map_x: str = "w1"
    map_y: str = "w2"
    asked: str = "backward"
    ask_every: int = 1
    fresh: bool = False

    @property
    def locale(self) -> str:
        """The language, and the decimal sign where another was chosen than that of the language."""
        return f"{self.language}@{self.decimal}" if self.decimal else self.language

    @property
    def moves(self) -> bool:
        """Whether steps are animated."""
        return self.movement and not self.reduced_motion

    @property
    def enlarged(self) -> float:
        """How many times as large as ordinary everything is, as system and user want it."""
        return min(self.zoom * self.system_type, ZOOMS[-1]) / 100

    @property
    def palette(self) -> str:
        """The theme that is really shown: light, dark or projector."""
        if self.theme != "system":
            return self.theme
        return "dark" if self.dark_system else "light"


@dataclass(frozen=True)
class State:
    """Everything that can be seen.

    `run` and `index` are what is shown; `experiment` is what the editor holds, another than the
    run's while its training is under way (`progress` from 0 to 1, else None; `time_left` in
    seconds, as soon as it can be told); the run may then grow. `faults` are the fields whose text
    can't be accepted, `notice` something else the user should know. `pointed` is the number under
    the mouse, `highlight` the one on which the keys stand: both are lit up everywhere; `reference`
    is a run that was kept for comparison. `typing` is whether a field has the keys,
    `walking` whether ← and → walk in a part of the window instead of stepping.

    `covered` are numbers that somebody is to find out, of the update `covered_at` (from 0), or of
    whatever sample is shown where that is None; of a parameter it is the value after the update.
    They are seen nowhere: `moment` has them as `COVERED`, and what is computed from the run itself
    asks `hides` and `seen_until`. `curtain` hides the future, as that of the look does. `practice`
    is one that is under way, `presenter` a presentation to a class.

    `lesson` is the lesson that is open. Its step lights the numbers `marked`; of the experiment the
    fields `editable` alone are open, all of them where that is None; with `picks`, a click on a
    number of the chain answers; while it is `secret`, nothing tells how the algorithm computes.
    """

    run: Run
    index: int
    experiment: Experiment
    look: Look = Look()
    playing: bool = False
    progress: float | None = None
    time_left: float | None = None
    faults: Mapping[Location, UserError] = field(default_factory=lambda: MappingProxyType({}))
    notice: UserError | None = None
    path: Path | None = None
    saved: Experiment | None = None
    can_undo: bool = False
    can_redo: bool = False
    pointed: Pointed | None = None
    highlight: Pointed | None = None
    reference: Run | None = None
    typing: bool = False
    walking: bool = False
    views: Views = ()
    can_undo_view: bool = False
    can_redo_view: bool = False
    covered: frozenset[Name] = frozenset()
    covered_at: int | None = None
    curtain: bool = False
    practice: "Practice | None" = None
    presenter: "Presenter | None" = None
    lesson: "LessonSession | None" = None
    marked: tuple[Pointed, ...] = ()
    editable: frozenset[str] | None = None
    picks: bool = False
    secret: bool = False

    @cached_property
    def moment(self) -> Moment:
        """What is known at the present step, as far as it may be seen."""
        moment = moment_at(self.run, self.index)
        covered, update = self._covered
        if not covered:
            return moment
        return covered_moment(moment, self.run.experiment.structure, covered, update)

    @cached_property
    def _covered(self) -> tuple[frozenset[Name], int | None]:
        """The numbers that are covered by a question or a teacher, and of which update."""
        if self.presenter is None or not self.presenter.covers:
            return self.covered, self.covered_at
        update = self.index and (self.index - 1) // self.per_sample
        results = (step.result for step in self.steps)
        covered = self.presenter.covered(results, update)
        asked = self.covered if self.covered_at in (None, update) else frozenset()
        return covered | asked, None

    @property
    def covers(self) -> bool:
        """Whether there may be covered numbers."""
        return bool(self._covered[0])

    def view(self, kind: type[View]) -> View:
        """Return the view of a part: the record of this type, as it is at first if none is kept."""
        found = (view for view in self.views if isinstance(view, kind))
        return next(found, kind())

    def differs_in_views_alone(self, other: "State") -> bool:
        """Return whether all is the same but for the views of single parts."""
        return _all_but_views(self) == _all_but_views(other)

    @property
    def lit(self) -> tuple[Pointed, ...]:
        """The numbers of this chain that are lit up: of the keys, under the mouse, of a lesson."""
        chosen = (at for at in (self.highlight, self.pointed, *self.marked) if at is not None)
        return tuple(filter(self._has, chosen))

    def _has(self, name: Name) -> bool:
        experiment = self.run.experiment
        return has(experiment.parameters, name.quantity) and name.layer <= experiment.layers

    @property
    def question(self) -> "Question | None":
        """The question of a practice that waits, if one does."""
        return self.practice.question if self.practice else None

    @property
    def curtained(self) -> bool:
        """Whether there is a future that is to be hidden; what is covered always is one."""
        ahead = (self.look.curtain or self.curtain) and self.index < self.last
        return ahead or self.covers

    @property
    def seen_until(self) -> int:
        """The index up to which curves and tables may be seen, where there is a curtain."""
        if not self.covers:
            return self.index
        at = self._covered[1]
        begins = self.moment.update if at is None else at
        return min(self.index, begins * self.per_sample)

    def hides(self, name: Name) -> bool:
        """Return whether a number of the present sample may not be seen.

        It is covered, or not computed yet while something is: what is found from the run in
        another way, as a central difference, would tell it.
        """
        if not self.covers:
            return False
        value = self.moment.numbers.get(name)
        return value is None or is_covered(value)

    @property
    def seen_theta(self) -> tuple[float, ...]:
        """The present parameters, or the latest ones of which none is covered."""
        theta = self.moment.theta
        if any(map(is_covered, theta)):
            at = self._covered[1]
            return self.run.theta_before(self.moment.update if at is None else at)
        return theta

    @property
    def has_diverged(self) -> bool:
        """Whether the run has diverged by now; this is known at the end of that update."""
        place = self.run.diverged_at
        if place is None:
            return False
        update = (place.epoch - 1) * len(self.run.experiment.samples) + place.sample
        return self.index >= update * self.per_sample

    @property
    def last(self) -> int:
        """The index of the run's last moment."""
        return length(self.run)

    @property
    def per_sample(self) -> int:
        """How many steps one sample has."""
        return len(self.steps)

    @property
    def per_epoch(self) -> int:
        """How many steps one epoch has."""
        return self.per_sample * len(self.run.experiment.samples)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps of one sample."""
        return steps_of(self.run.experiment.structure)


class Past(NamedTuple):
    """What an edit replaced: the experiment, its file and what that holds, what is beside it.

    `place` is the index of the step that was shown, if the next experiment began at its first step.
    """

    experiment: Experiment
    path: Path | None
    saved: Experiment | None
    beside: Experiment | None
    place: int | None = None


def all_but(*names: str) -> Callable[[State], tuple[object, ...]]:
    """Return what returns all fields of a state but some, to compare two states by the others."""
    return attrgetter(*(field.name for field in fields(State) if field.name not in names))


_all_but_views = all_but("views", "can_undo_view", "can_redo_view")
