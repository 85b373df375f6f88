"""Where the labels of the chain's paths have room, clear of all that moves there. No Qt."""

from math import inf

from engine import Phase, Step
from engine.expressions import names_in
from engine.parameters import WEIGHT
from engine.quantities import Name, Quantity
from gui.chain.picture.layout import CARD, PILL, RADIUS
from gui.chain.picture.scene import Scene
from gui.drawing.ink import Room
from gui.words import symbols

LANE = 8.0
"""How far over the public derivative the way lies by which p goes to the front."""

_HEAD = 14.0
"""How long the head of an arrow is at most."""

_LETTER = 5.5
"""About how wide a letter of a label is."""

_CLEAR = 8.0
"""So far from a path a label stands beside it."""

_PILL_BELOW = PILL[0] / 2 - 2
"""So far from its middle a pill reaches, near its round lower corners."""

_OFF = 10.0
"""So far off the box below it a label ends, clear of what shines around that."""

_LIFT = 39.0
"""So far over the rail a label stands clear of what the rail joins."""

_GLOW = 10.0
"""How far a result shines."""


def wide(label: str) -> float:
    """Return about how wide the word of an activation is."""
    return 7.0 * len(label)


class Rooms(Scene):
    """Knows where paths cross the rails, and which part of them that leaves free."""

    def under_edge(self, i: int) -> Room:
        """Return the room under the edge from aᵢ₋₁ to aᵢ; an update rises through it."""
        at, crossing = (self.at.middle(i), self.at.neurons + 15), self.crossing(i)
        left, right = self.at.x(i - 1) + RADIUS, self.at.x(i) - RADIUS
        if not self.is_result(WEIGHT.of(i)):
            return Room(at, left, right)
        if self.from_the_front:
            return Room(at, crossing + _CLEAR, right)
        return Room(at, left, crossing - _CLEAR)

    def seed_room(self) -> Room:
        """Return the way's free part, over the rail or over the lane."""
        end = self.at.loss_x - _CLEAR
        if self.from_the_front:
            middle = (self.at.loss_x + self.at.x(self.n)) / 2
            return Room((middle, self.over_lane), self.at.x(self.n) + RADIUS / 2, end)
        left = self.at.x(self.n) + PILL[0] / 2 + _HEAD
        return Room(((left + self.at.loss_x) / 2, self.at.upstreams - 13), right=end)

    @property
    def over_lane(self) -> float:
        """The line of the labels that stand over the lane."""
        return self.at.upstreams - PILL[1] / 2 - LANE - 13

    def free_rail(self, i: int) -> Room:
        """Return the part of the rail between aᵢ₋₁ and aᵢ that is free of heads, glows, paths."""
        head_ends, glow_ends = PILL[0] / 2 + _HEAD, PILL[0] / 2 + _GLOW
        crossing, y = self.crossing(i), self.at.upstreams - 13
        if self.from_the_front:
            left = max(crossing + _CLEAR, self.at.x(i - 1) + glow_ends)
            right = self.at.x(i) - head_ends
        else:
            left = self.at.x(i - 1) + head_ends
            right = min(crossing - _CLEAR, self.at.x(i) - glow_ends)
        return Room(((left + right) / 2, y), left, right)

    def over_pill(self, i: int) -> Room:
        """Return the room over the rail and the pill beside it to which no path comes."""
        high = self.over_lane if self.from_the_front else self.at.upstreams - _LIFT
        if self.enters(i) == i:
            right = self.crossing(i) - _CLEAR
            if self.rises_at(i - 1):
                return Room((right, high), left=self.beside_the_drop(i - 1) + _CLEAR)
            return Room((right, high), right=right)
        if self.rises_at(i):
            right = self.beside_the_drop(i) - _CLEAR
            return Room((right, high), right=right)
        left = self.crossing(i) + _CLEAR
        return Room((left, high), left)

    def rises_at(self, i: int) -> bool:
        """Tell whether the update of a parameter over aᵢ rises past it in this step."""
        return any(self.is_result(one.of(i)) for one in self.parameters[1:])

    def enters(self, i: int) -> int:
        """Return which output enters the gradient of layer i's weight."""
        names = self.names_in(self.step_to(WEIGHT.gradient_of(i)))
        return next(name.layer for name in names if name.quantity is Quantity.OUTPUT)

    def names_in(self, step: Step) -> list[Name]:
        """Return what a step multiplies what was passed on by, or e − ê where nothing was."""
        seed = step.phase is Phase.SEED
        given = (Quantity.OUTPUT, Quantity.TARGET) if seed else (Quantity.UPSTREAM,)
        return [name for name in names_in(step.expression) if name.quantity not in given]

    def factors_of(self, step: Step) -> list[str]:
        """Return the symbols of those factors, every slope as f′."""
        return [
            "f′" if name.quantity is Quantity.DERIVATIVE else symbols.of(name, self.experiment)
            for name in self.names_in(step)
        ]

    def crossing(self, i: int) -> float:
        """Return where a factor crosses the rail on its way to layer i's gradient or weight.

        It does behind the rail's beginning, clear of its head and its label.
        """
        if self.from_the_front:
            return max(self.at.x(i - 1) + PILL[0] / 2 + 3, self.at.middle(i) - 26)
        return min(self.at.x(i) - PILL[0] / 2 - 3, self.at.middle(i) + 26)

    @property
    def low(self) -> float:
        """The line between the public derivative and the gradients, where no rail has a label."""
        return (self.at.upstreams + PILL[1] / 2 + self.at.gradients - CARD[1] / 2) / 2

    def beside_the_drop(self, i: int) -> float:
        """Return where a gradient under its neuron rises: beside the way by which it came down."""
        return self.at.x(i) + 12

    def right_of(self, x: float) -> Room:
        """Return the room under the public derivative at the right of a path at `x`."""
        return Room((x + 24, self.low), left=x + 6)

    def beside(self, x: float, label: str) -> tuple[Room, Room]:
        """Return the room at the left of a path that rises or falls at `x`, and the one on it.

        On both sides a public derivative drops its gradient.
        """
        i = self.layer
        end, left, right = x - _CLEAR, self.at.x(i - 1) - 22, self.at.middle(i) + 36
        if len(self.parameters) > 1 and i > 1:  # a gradient comes down there
            left = self.at.x(i - 1) + _CLEAR
        at = (end - _LETTER * len(label) / 2, self.low)
        floor = self.at.gradients - CARD[1] / 2 - _OFF
        beside = Room(at, left, end, floor)
        if i > 1:  # a short label stands beside the public derivative, another under it
            free = self.at.x(i - 1) + _PILL_BELOW if not self._slopes_at_rail(i) else inf
            beside = beside._replace(ceiling=(free, self.at.upstreams + PILL[1] / 2 + 1))
        return beside, Room(((left + right) / 2, self.low), left, right)

    def _slopes_at_rail(self, i: int) -> bool:
        """Tell whether × f′ stands below the rail between aᵢ₋₁ and aᵢ."""
        passed = Name(Quantity.UPSTREAM, i if self.from_the_front else i - 1)
        return "f′" in self.factors_of(self.step_to(passed))
