"""Changes of the state by the names of its fields, so that mypy knows each of them. No Qt."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from engine import Experiment, Run, UserError
from engine.quantities import Name
from engine.user_error import Location
from gui.state import Look, Pointed
from gui.state.views import Views

if TYPE_CHECKING:
    from engine.teaching.session import LessonSession
    from gui.state.practice import Practice
    from gui.state.presenter import Presenter


class LookChanges(TypedDict, total=False):
    """Some fields of `Look`."""

    language: str
    decimal: str
    theme: str
    dark_system: bool
    reduced_motion: bool
    zoom: int
    system_type: float
    digits: int
    movement: bool
    logarithmic: bool
    curtain: bool
    speed: float
    panel: str
    level: str
    count_layers: int
    epsilon: float
    after_update: bool
    form: str
    table: str
    extra: str
    surface: tuple[str, str]
    map_x: str
    map_y: str
    asked: str
    ask_every: int
    fresh: bool


class PracticeChanges(TypedDict, total=False):
    """What can be chosen of a practice."""

    which: str
    every: int
    fresh: bool


class StateChanges(TypedDict, total=False):
    """Some fields of `State`."""

    run: Run
    index: int
    experiment: Experiment
    look: Look
    playing: bool
    progress: float | None
    time_left: float | None
    faults: Mapping[Location, UserError]
    notice: UserError | None
    path: Path | None
    saved: Experiment | None
    can_undo: bool
    can_redo: bool
    pointed: Pointed | None
    highlight: Pointed | None
    reference: Run | None
    typing: bool
    walking: bool
    views: Views
    can_undo_view: bool
    can_redo_view: bool
    covered: frozenset[Name]
    covered_at: int | None
    curtain: bool
    practice: "Practice | None"
    presenter: "Presenter | None"
    lesson: "LessonSession | None"
    marked: tuple[Pointed, ...]
    editable: frozenset[str] | None
    picks: bool
    secret: bool
