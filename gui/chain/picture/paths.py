"""The paths of the chain's picture, and the number that moves along one of them. No Qt."""

from engine import Phase, Step
from engine.steps import receiver
from gui.chain.picture.layout import CARD, LOSS, PILL, RADIUS
from gui.chain.picture.rooms import LANE, Rooms, wide
from gui.drawing.ink import Arrow, Ink, Point, Stress, Token
from gui.words import symbols

_VALUE, _PASSED = Ink.FORWARD, Ink.BACKWARD


class Paths(Rooms):
    """Describes every path at the state's moment."""

    def of(self, layers: range) -> tuple[Arrow, ...]:
        """Return the paths of some layers; those that stand out come last, painted on top."""
        arrows = [
            *(self._forward(i) for i in layers),
            self._to_loss(),
            self._seed(),
            *(self._pass_on(i) for i in layers if self._passes_on(i)),
            *(self._drop(i) for i in layers),
            *self._operand_paths(),
        ]
        return tuple(sorted(arrows, key=lambda arrow: arrow.stress))

    def _passes_on(self, i: int) -> bool:
        return i < self.n if self.from_the_front else i > 1

    def tokens(self) -> tuple[Token, ...]:
        """Return the numbers that move while the latest step is shown: its factors, on their way.

        The result appears where they arrive. Only the public derivative of the output starts as a
        result itself.
        """
        i = self.layer
        match self.phase:
            case None:
                return ()
            case Phase.FORWARD:
                return (self._output_token(i - 1, self._forward_points(i)),)
            case Phase.LOSS:
                return (self._output_token(self.n, self._to_loss().points),)
            case Phase.SEED:
                return (self._token(self._set_out(), self._seed_points(), _PASSED),)
            case Phase.GRADIENT:
                (entering,) = self._operand_paths()
                return (
                    self._output_token(self.enters(i), entering.points, curved=True),
                    self._token(
                        self.moment.upstreams[i - 1], self._drop_points(i), _PASSED, curved=True
                    ),
                )
            case Phase.PASS_ON:
                return (
                    self._token(self.moment.upstreams[i - 1], self._pass_on_points(i), _PASSED),
                )
            case Phase.UPDATE:
                (rising,) = self._operand_paths()
                return (self._token(self.moment.gradients[i - 1], rising.points, Ink.GRADIENT),)

    def _output_token(self, i: int, path: tuple[Point, ...], *, curved: bool = False) -> Token:
        number = self.number(self.moment.outputs[i], typed=i == 0)
        return Token(path, _VALUE, number, curved=curved)

    def _token(
        self, value: float | None, path: tuple[Point, ...], ink: Ink, *, curved: bool = False
    ) -> Token:
        return Token(path, ink, self.number(value), curved=curved)

    def _forward_points(self, i: int) -> tuple[Point, ...]:
        y = self.at.neurons
        return ((self.at.x(i - 1) + RADIUS, y), (self.at.x(i) - RADIUS - 1, y))

    def _forward(self, i: int) -> Arrow:
        points = self._forward_points(i)
        weight = self.moment.weights[i - 1]
        linear, name = self.activation == "identity", symbols.activation(self.activation)
        room = self.under_edge(i)
        has_room = room.right - room.left > wide(name)
        return Arrow(
            points=points,
            ink=Ink.FORWARD,
            stress=self.stress(
                self.moment.outputs[i], result=self.is_now(Phase.FORWARD, i), used=False
            ),
            thickness=thickness(weight),
            dashed=weight < 0,
            label="" if linear or not has_room else name,
            room=room,
        )

    def _to_loss(self) -> Arrow:
        y = self.at.neurons
        return Arrow(
            points=(
                (self.at.x(self.n) + RADIUS, y),
                (self.at.loss_x - LOSS[0] / 2 - 1, y),
            ),
            ink=Ink.LOSS,
            stress=self.stress(
                self.moment.loss, result=self.phase is Phase.LOSS, used=self.phase is Phase.SEED
            ),
        )

    def _set_out(self) -> float | None:
        """Return what the backward pass sets out with."""
        return self.moment.upstreams[0 if self.from_the_front else -1]

    def _seed_points(self) -> tuple[Point, ...]:
        low = self.at.upstreams
        if self.from_the_front:
            lane = low - PILL[1] / 2 - LANE
            return (
                (self.at.loss_x, self.at.neurons + LOSS[1] / 2),
                (self.at.loss_x, lane),
                (self.at.x(1), lane),
                (self.at.x(1), low - PILL[1] / 2 - 1),
            )
        return (
            (self.at.loss_x, self.at.neurons + LOSS[1] / 2),
            (self.at.loss_x, low),
            (self.at.x(self.n) + PILL[0] / 2 + 1, low),
        )

    def _seed(self) -> Arrow:
        return Arrow(
            points=self._seed_points(),
            ink=Ink.BACKWARD,
            stress=self.stress(self._set_out(), result=self.phase is Phase.SEED, used=False),
            thickness=3,
            label=self._seed_label(),
            room=self.seed_room(),
        )

    def _seed_label(self) -> str:
        error = f"{symbols.output(self.n, self.n)} − ê"
        if not self.from_the_front:
            return error
        return f"({error}){self._slope()} · {symbols.weight(self.n)}"

    def _slope(self) -> str:
        """Return the activation's slope as a factor, where the algorithm has it."""
        left_out = self.activation == "identity" or self.algorithm == "no_local_derivative"
        return "" if left_out else " · f′"

    def _pass_on_points(self, i: int) -> tuple[Point, ...]:
        y, half = self.at.upstreams, PILL[0] / 2
        if self.from_the_front:
            return ((self.at.x(i) + half, y), (self.at.x(i + 1) - half - 1, y))
        return ((self.at.x(i) - half, y), (self.at.x(i - 1) + half + 1, y))

    def _pass_on(self, i: int) -> Arrow:
        receives = receiver(self.algorithm, Step(Phase.PASS_ON, i))
        between = max(i, receives)
        return Arrow(
            points=self._pass_on_points(i),
            ink=Ink.BACKWARD,
            stress=self.stress(
                self.moment.upstreams[receives - 1],
                result=self.is_now(Phase.PASS_ON, i),
                used=False,
            ),
            thickness=3,
            label=f"× {symbols.weight(i)}",
            below="× f′" if self._slope() else "",
            room=self.free_rail(between),
            aside=self.over_pill(between),
        )

    def _drop_points(self, i: int) -> tuple[Point, ...]:
        """Return the way from the public derivative down into the gradient, a smooth bend."""
        start = (self.at.x(i) - 30, self.at.upstreams + PILL[1] / 2)
        end = (self.at.middle(i) + 46, self.at.gradients - CARD[1] / 2 - 1)
        bend = 0.62 * (end[1] - start[1])
        return (start, (start[0], start[1] + bend), (end[0], end[1] - bend), end)

    def _drop(self, i: int) -> Arrow:
        return Arrow(
            points=self._drop_points(i),
            ink=Ink.GRADIENT,
            stress=self.stress(
                self.moment.gradients[i - 1], result=self.is_now(Phase.GRADIENT, i), used=False
            ),
            curved=True,
        )

    def _operand_paths(self) -> list[Arrow]:
        """Return the ways of the other factors, shown for the present step alone."""
        i = self.layer
        if self.phase is Phase.GRADIENT:
            return [self._operand(self._entering_points(i), Ink.FORWARD, self._entering_label(i))]
        if self.phase is Phase.UPDATE:
            x = self.crossing(i)
            up = (
                (x, self.at.gradients - CARD[1] / 2),
                (x, self.at.weights + CARD[1] / 2 + 1),
            )
            return [self._operand(up, Ink.UPDATE, "× (−α)")]
        return []

    def _entering_points(self, i: int) -> tuple[Point, Point, Point, Point]:
        """Return the way of an output down into layer i's gradient."""
        down = self.at.gradients - CARD[1] / 2 - 1
        entering, into = self.enters(i), self.crossing(i)
        side = 1 if entering < i else -1
        start = self.at.neurons + 0.79 * RADIUS
        return (
            (self.at.x(entering) + side * 0.62 * RADIUS, start),
            (into, start + 8),
            (into, self.at.upstreams - PILL[1] / 2),
            (into, down),
        )

    def _entering_label(self, i: int) -> str:
        name = symbols.output(self.enters(i), self.n)
        match self.algorithm:
            case "sign_flipped":
                return f"× (−{name}){self._slope()}"
            case "front_to_back":
                return f"× {symbols.weight(i)} · {name}{self._slope()}"
            case _:
                return f"× {name}{self._slope()}"

    def _operand(self, points: tuple[Point, ...], ink: Ink, label: str) -> Arrow:
        """Return a way that a factor takes."""
        room, aside = self.beside(points[-1][0], label)
        return Arrow(
            points,
            ink,
            Stress.USED,
            dotted=True,
            curved=ink is Ink.FORWARD,
            label=label,
            room=room,
            aside=aside,
        )


def thickness(weight: float) -> float:
    """Return how thick a weight's edge is drawn: the larger |w|, the thicker, within bounds."""
    size = abs(weight)
    return 1.5 + 3.5 * size / (1.0 + size) if size < 1e6 else 5.0  # noqa: PLR2004
