"""What a learner has done: outcomes of steps, and boxes of what comes again.

    lessons   for each step of each lesson the best outcome, the slips that were made, and the day
    boxes     for each topic, a slip or a phase, when it comes again: after 1, 3, 7, 21 days

A topic enters the first box when it is missed; it goes up when it is answered alone on a day when
it is due, and falls back to the first box when it is missed again (after Leitner's card boxes, So
lernt man lernen, 1972). From the last box it leaves. Everything is a value: `after` returns the
progress after an entry.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce
from types import MappingProxyType
from typing import Any, NamedTuple

from engine.teaching.outcome import Outcome

INTERVALS = (1, 3, 7, 21)
"""In days: how long a topic stays in each box before it comes again."""

_TRAVEL = timedelta(days=1)
"""So far ahead a day may lie without the clock being wrong: the user was in another time zone."""

MOST_SLIPS = 8
"""So many slips of a step are remembered."""


_RANK = {outcome: rank for rank, outcome in enumerate(Outcome)}


class StepKey(NamedTuple):
    """A step of a lesson: the lesson's id, and the step's fingerprint."""

    lesson: str
    step: str


class Topic(NamedTuple):
    """What a box holds: `kind` is "slip" or "phase", `name` that of the slip or the phase."""

    kind: str
    name: str

    def __str__(self) -> str:
        """Return it in one word, as it stands in the file."""
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class StepRecord:
    """The best outcome of a step and its day, and the names of the slips made at it."""

    outcome: Outcome
    day: date
    slips: tuple[str, ...] = ()


class Box(NamedTuple):
    """The box that a topic is in, from 0, and the day on which it was put there."""

    level: int
    day: date

    def is_due(self, today: date) -> bool:
        """Tell whether the topic is to come again.

        A day that is not there yet was put down while the clock was wrong: nobody should wait for
        it.
        """
        waited = today - self.day >= timedelta(days=INTERVALS[self.level])
        return waited or self.day - today > _TRAVEL


@dataclass(frozen=True, slots=True)
class Done:
    """An entry: a step of a lesson ended so, with these slips; its task belongs to `phase`."""

    key: StepKey
    outcome: Outcome
    day: date
    slips: tuple[str, ...] = ()
    phase: str = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """An entry: a topic was missed outside of any lesson."""

    topic: Topic
    day: date


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An entry: a review of a topic ended so."""

    topic: Topic
    outcome: Outcome
    day: date


Entry = Done | Missed | Reviewed


def _nothing() -> Mapping[Any, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Progress:
    """All that is remembered of a learner."""

    steps: Mapping[StepKey, StepRecord] = field(default_factory=_nothing)
    boxes: Mapping[Topic, Box] = field(default_factory=_nothing)

    def outcome(self, lesson: str, step: str) -> Outcome | None:
        """Return the best outcome of a step, None while there is none."""
        record = self.steps.get(StepKey(lesson, step))
        return record.outcome if record is not None else None

    def due(self, today: date) -> tuple[Topic, ...]:
        """Return the topics that are to come again, those that have waited longest first."""
        waiting = [(box.day, topic) for topic, box in self.boxes.items() if box.is_due(today)]
        return tuple(topic for _, topic in sorted(waiting))


def after(progress: Progress, *entries: Entry) -> Progress:
    """Return the progress after these entries."""
    return reduce(_after, entries, progress)


def _after(progress: Progress, entry: Entry) -> Progress:
    if isinstance(entry, Missed):
        return _missed(progress, (entry.topic,), entry.day)
    if isinstance(entry, Reviewed):
        return _reviewed(progress, entry)
    new = StepRecord(entry.outcome, entry.day, _few(entry.slips))
    former = progress.steps.get(entry.key)
    record = better(former, new) if former is not None else new
    progress = replace(progress, steps=MappingProxyType({**progress.steps, entry.key: record}))
    topics = [Topic("slip", slip) for slip in _few(entry.slips)]
    if entry.outcome is not Outcome.ALONE and entry.phase and not topics:
        topics = [Topic("phase", entry.phase)]
    return _missed(progress, topics, entry.day)


def better(one: StepRecord, other: StepRecord) -> StepRecord:
    """Return what stays of two records of a step: nothing that was reached is taken back.

    The order of the two makes no difference. Of equal outcomes the earlier counts.
    """
    best = min(one, other, key=lambda record: (_RANK[record.outcome], record.day))
    return replace(best, slips=_few((*one.slips, *other.slips)))


def _few(slips: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(slips))[:MOST_SLIPS])


def _missed(progress: Progress, topics: Iterable[Topic], day: date) -> Progress:
    boxes = {**progress.boxes, **{topic: Box(0, day) for topic in topics}}
    return replace(progress, boxes=MappingProxyType(boxes))


def _reviewed(progress: Progress, entry: Reviewed) -> Progress:
    if entry.outcome is Outcome.SHOWN:
        return _missed(progress, (entry.topic,), entry.day)
    box = progress.boxes.get(entry.topic)
    if box is None or not box.is_due(entry.day):
        return progress  # it is known, or another window had it reviewed meanwhile
    boxes = dict(progress.boxes)
    level = box.level + (entry.outcome is Outcome.ALONE)
    if level < len(INTERVALS):
        boxes[entry.topic] = Box(level, entry.day)
    else:
        del boxes[entry.topic]
    return replace(progress, boxes=MappingProxyType(boxes))
