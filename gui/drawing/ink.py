"""The visual vocabulary: what a colour means, and how strongly a thing stands out. No Qt."""

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import NamedTuple

from gui.state import Pointed
from gui.state.intents import Intent


class Ink(StrEnum):
    """What a colour means, everywhere: in the picture, the formula and the timeline."""

    FORWARD = "forward"
    BACKWARD = "backward"
    GRADIENT = "gradient"
    UPDATE = "update"
    LOSS = "loss"
    TEXT = "text"
    MUTED = "muted"


SIGNS: Mapping[Ink, str] = MappingProxyType(
    {
        Ink.FORWARD: "→",
        Ink.LOSS: "L",
        Ink.BACKWARD: "←",
        Ink.GRADIENT: "↓",
        Ink.UPDATE: "Δ",
    }
)
"""What says the same as the colour of a role: where it flows in the picture of the chain, from the
layer before, back, or down to the weight; the loss; and the change of a weight."""


class Stress(IntEnum):
    """How strongly a thing stands out; EMPTY is the outline of what is not known yet."""

    EMPTY = 0
    KNOWN = 1
    USED = 2
    RESULT = 3


@dataclass(frozen=True, slots=True)
class Box:
    """A labelled shape, `x` and `y` its centre: a "circle", a "card" or a "pill".

    `name` tells which number of the chain it is, `lit` that this one is pointed at.
    `symbol` stands over `number`, or over the first of `shorter`, with fewer and fewer digits, that
    has room; `former` is a number that was replaced, struck out; `remark` a word beside the
    symbol; `note` a third line; `told` returns `hint`, the tool tip, and `full`, the value with all
    its digits; `wish` is what a click on it wants, `handle` tells that it can be dragged. Boxes are
    equal that look the same.
    """

    kind: str
    x: float
    y: float
    width: float
    height: float
    ink: Ink
    stress: Stress
    symbol: str
    name: Pointed | None = None
    lit: bool = False
    number: str = ""
    shorter: Iterable[str] = ()
    former: str = ""
    remark: str = ""
    note: str = ""
    told: Callable[[], tuple[str, str]] = field(default=lambda: ("", ""), compare=False)
    wish: Intent | None = field(default=None, compare=False)
    handle: bool = False

    def __hash__(self) -> int:
        """Return a hash of what mostly tells boxes apart: that of all takes three times as long."""
        return hash((self.x, self.y, self.stress, self.symbol, self.number, self.former))

    @property
    def hint(self) -> str:
        """The tool tip, or nothing."""
        return self.told()[0]

    @property
    def full(self) -> str:
        """The value with all its digits, or nothing."""
        return self.told()[1]


Point = tuple[float, float]


class Room(NamedTuple):
    """Where a label may stand: its middle at `at`, or as near to it as `left` and `right` allow.

    It is lifted until it ends above `floor`; one that reaches further left than `ceiling` is no
    higher than that.
    """

    at: Point = (0.0, 0.0)
    left: float = -math.inf
    right: float = math.inf
    floor: float = math.inf
    ceiling: Point = (-math.inf, -math.inf)


class Arrow(NamedTuple):
    """A path from point to point with a head at its end: straight pieces, or one smooth curve.

    `label` is written in the ink of the path in `room`, `below` on the other side of a level path.
    Where that is too narrow for them, both stand in `aside`, if there is one.
    """

    points: tuple[Point, ...]
    ink: Ink
    stress: Stress
    thickness: float = 2.0
    dashed: bool = False
    dotted: bool = False
    curved: bool = False
    head: bool = True
    label: str = ""
    below: str = ""
    room: Room = Room()
    aside: Room | None = None

    @property
    def label_at(self) -> Point:
        """Where the middle of the label stands, if it has room there."""
        return self.room.at


class Token(NamedTuple):
    """The number that moves along `path` while a step is animated."""

    path: tuple[Point, ...]
    ink: Ink
    number: str
    curved: bool = False


class Caption(NamedTuple):
    """A line of text that names a part of the picture; `x` is its left edge."""

    x: float
    y: float
    text: str
    ink: Ink
