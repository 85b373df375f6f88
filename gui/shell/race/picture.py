"""What is seen of the race: three lanes, and what it shows. No Qt."""

from dataclasses import dataclass
from types import MappingProxyType

from engine.chain_rule.multiplications import (
    Count,
    backpropagated,
    count,
    fully_expanded,
    written_out,
)
from engine.chain_rule.race import Lane
from engine.words import mark
from gui.drawing.ink import Ink
from gui.language import Say, speech
from gui.language.durations import time_words
from gui.language.joining import clauses, groups, labelled, sentences

CHAINS = (3, 10, 64, 200)
"""The numbers of layers to choose from."""

WINS_IN, LASTS = 4.0, 12.0
"""In seconds: after this time backpropagation is ready, after that the race is over."""

_WRITTEN_OUT, _EXPANDED, _PASSED_BACK = Count._fields[1:]

WAYS = MappingProxyType(
    {_EXPANDED: fully_expanded, _WRITTEN_OUT: written_out, _PASSED_BACK: backpropagated}
)
"""By their names in a `Count`, from the most costly to the cheapest."""

_NAMES = {
    _EXPANDED: mark("Expanded"),
    _WRITTEN_OUT: mark("Written out"),
    _PASSED_BACK: mark("Backpropagation"),
}
_MEANINGS = {
    _EXPANDED: mark("each gradient from w and x alone: every output in it is computed again"),
    _WRITTEN_OUT: mark("each gradient as its whole product, with the stored outputs"),
    _PASSED_BACK: mark("the upstream gradient is passed back: what is shared is computed once"),
}
_INKS = {_EXPANDED: Ink.MUTED, _WRITTEN_OUT: Ink.TEXT, _PASSED_BACK: Ink.BACKWARD}


@dataclass(frozen=True, slots=True)
class LanePicture:
    """One way: `share` of its own multiplications are made, of the largest count `total`."""

    name: str
    meaning: str
    ink: Ink
    counted: str
    told: str
    share: float
    total: float


@dataclass(frozen=True, slots=True)
class RacePicture:
    """The lanes, and below them what was seen; `over` tells that nothing moves any more."""

    intro: str
    lanes: tuple[LanePicture, ...]
    summary: str
    over: bool
    locale: str

    @property
    def sentence(self) -> str:
        """All lanes in words, for who does not see the bars."""
        say = speech(self.locale)
        told = (clauses(filter(None, (one.counted, one.told)), say) for one in self.lanes)
        names = (one.name for one in self.lanes)
        return groups((labelled(*both, say) for both in zip(names, told, strict=True)), say)


class Race:
    """The three ways for a chain of `layers`, all at the same pace; `seconds` have passed.

    The counters show what has really been multiplied by then: nothing is foreseen by a formula.
    """

    def __init__(self, layers: int) -> None:
        self.layers, self.seconds = layers, 0.0
        self._lanes = {name: Lane(way, layers) for name, way in WAYS.items()}
        self.counts: Count = count(layers)
        self.pace = self.counts.backprop / WINS_IN

    def advance(self, seconds: float) -> None:
        """Run on until so many seconds after the start."""
        self.seconds = min(seconds, LASTS)
        for lane in self._lanes.values():
            lane.advance(self.pace * self.seconds)

    def counted(self, name: str) -> int:
        """Return how many multiplications a way has made by now."""
        lane = self._lanes[name]
        # The gradient under way is run to its end, and shown as far as the pace allows.
        return min(lane.counted, int(self.pace * self.seconds + 1e-9))

    @property
    def over(self) -> bool:
        """Whether the time is up, or all have arrived."""
        return self.seconds >= LASTS or all(
            self.counted(name) == getattr(self.counts, name) for name in WAYS
        )


def race_picture(race: Race, locale: str) -> RacePicture:
    """Describe the race as it stands."""
    say = speech(locale)
    intro = say.counted(
        "All gradients of one sample of a chain of {number} layer, in three ways at the same pace."
        " Every multiplication is counted when it is made.",
        "All gradients of one sample of a chain of {number} layers, in three ways at the same pace."
        " Every multiplication is counted when it is made.",
        race.layers,
    )
    lanes = tuple(_lane(race, name, say) for name in WAYS)
    summary = _summary(race.counts, say) if race.over else ""
    return RacePicture(intro, lanes, summary, race.over, locale)


def _lane(race: Race, name: str, say: Say) -> LanePicture:
    counted, total = race.counted(name), getattr(race.counts, name)
    told = ""
    if counted == total:
        told = say("ready after {time}").format(time=time_words(say, total / race.pace))
    elif race.over:
        told = say("not ready: at this pace it takes {time}").format(
            time=time_words(say, total / race.pace)
        )
    number = say("{counted} of {total} multiplications").format(
        counted=grouped(counted), total=grouped(total)
    )
    return LanePicture(
        say(_NAMES[name]),
        say(_MEANINGS[name]),
        _INKS[name],
        number,
        told,
        counted / total,
        total / race.counts.expanded,
    )


def _summary(counts: Count, say: Say) -> str:
    found = say(
        "Backpropagation needs {backprop} multiplications; written out there are {written},"
        " expanded {expanded}."
    ).format(
        backprop=grouped(counts.backprop),
        written=grouped(counts.written_out),
        expanded=grouped(counts.expanded),
    )
    law = say(
        "A chain twice as long costs backpropagation about twice as much, and the other two about"
        " four times as much: that is why."
    )
    return sentences((found, law), say)


def grouped(number: int) -> str:
    """Return a whole number with its thousands apart: 40 000."""
    return f"{number:,}".replace(",", "\u202f")
