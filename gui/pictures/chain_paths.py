"""The paths of the chain's picture, and the number that moves along one of them. No Qt."""

from engine import Phase
from gui.pictures import symbols
from gui.pictures.chain_layout import CARD, LOSS, PILL, RADIUS
from gui.pictures.chain_scene import Scene
from gui.pictures.ink import Arrow, Ink, Point, Stress, Token

_VALUE, _PASSED = Ink.FORWARD, Ink.BACKWARD


class Paths(Scene):
    """Describes every path at the state's moment."""

    def of(self, layers: range) -> tuple[Arrow, ...]:
        """Return the paths of some layers; those that stand out come last, painted on top."""
        arrows = [
            *(self._forward(i) for i in layers),
            self._to_loss(),
            self._seed(),
            *(self._pass_on(i) for i in layers if i > 1),
            *(self._drop(i) for i in layers),
            *self._operand_paths(),
        ]
        return tuple(sorted(arrows, key=lambda arrow: arrow.stress))

    def tokens(self) -> tuple[Token, ...]:
        """Return the numbers that move while the latest step is shown: its factors, on their way.

        The result appears where they arrive. Only the public derivative of the output sets out
        as a result of its own.
        """
        i = self.layer
        match self.phase:
            case None:
                return ()
            case Phase.FORWARD:
                return (self._token(self.moment.outputs[i - 1], self._forward_points(i), _VALUE),)
            case Phase.LOSS:
                return (self._token(self.moment.outputs[-1], self._to_loss().points, _VALUE),)
            case Phase.SEED:
                return (self._token(self.moment.upstreams[-1], self._seed_points(), _PASSED),)
            case Phase.GRADIENT:
                (entering,) = self._operand_paths()
                return (
                    self._token(self.moment.outputs[i - 1], entering.points, _VALUE, curved=True),
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
        linear = self.activation == "identity"
        return Arrow(
            points=points,
            ink=Ink.FORWARD,
            stress=self.stress(
                self.moment.outputs[i], result=self.is_now(Phase.FORWARD, i), used=False
            ),
            thickness=thickness(weight),
            dashed=weight < 0,
            label="" if linear else self.activation,
            label_at=(self.at.middle(i), self.at.neurons + 15),
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

    def _seed_points(self) -> tuple[Point, ...]:
        low = self.at.upstreams
        return (
            (self.at.loss_x, self.at.neurons + LOSS[1] / 2),
            (self.at.loss_x, low),
            (self.at.x(self.n) + PILL[0] / 2 + 1, low),
        )

    def _seed(self) -> Arrow:
        return Arrow(
            points=self._seed_points(),
            ink=Ink.BACKWARD,
            stress=self.stress(
                self.moment.upstreams[-1], result=self.phase is Phase.SEED, used=False
            ),
            thickness=3,
            label=f"{symbols.output(self.n, self.n)} − ê",
            label_at=(
                (self.at.loss_x + self.at.x(self.n) + PILL[0] / 2) / 2,
                self.at.upstreams - 13,
            ),
        )

    def _pass_on_points(self, i: int) -> tuple[Point, ...]:
        y = self.at.upstreams
        return ((self.at.x(i) - PILL[0] / 2, y), (self.at.x(i - 1) + PILL[0] / 2 + 1, y))

    def _pass_on(self, i: int) -> Arrow:
        slope = "" if self.activation == "identity" else " · f′"
        return Arrow(
            points=self._pass_on_points(i),
            ink=Ink.BACKWARD,
            stress=self.stress(
                self.moment.upstreams[i - 2], result=self.is_now(Phase.PASS_ON, i), used=False
            ),
            thickness=3,
            label=f"× {symbols.weight(i)}{slope}",
            label_at=(self.at.middle(i) + 12, self.at.upstreams - 13),
        )

    def _drop_points(self, i: int) -> tuple[Point, ...]:
        """Return the way from the public derivative down into the gradient, a smooth bend."""
        start = (self.at.x(i) - 30, self.at.upstreams + PILL[1] / 2)
        end = (self.at.middle(i) + 42, self.at.gradients - CARD[1] / 2 - 1)
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
            x = self.at.x(i - 1)
            down = self.at.gradients - CARD[1] / 2 - 1
            slope = "" if self.activation == "identity" else " · f′"
            points = (
                (x + 0.62 * RADIUS, self.at.neurons + 0.79 * RADIUS),
                (self.at.middle(i) - 22, self.at.neurons + 1.25 * RADIUS),
                (self.at.middle(i) - 22, down),
            )
            name = symbols.output(i - 1, self.n)
            label_at = _halfway(points)
            return [self._operand(points, Ink.FORWARD, f"× {name}{slope}", label_at)]
        if self.phase is Phase.UPDATE:
            x = self.at.middle(i) - 22
            up = (
                (x, self.at.gradients - CARD[1] / 2),
                (x, self.at.weights + CARD[1] / 2 + 1),
            )
            return [self._operand(up, Ink.UPDATE, "× (−α)", (x, self.at.neurons + 44))]
        return []

    def _operand(self, points: tuple[Point, ...], ink: Ink, label: str, at: Point) -> Arrow:
        return Arrow(
            points,
            ink,
            Stress.USED,
            dotted=True,
            curved=ink is Ink.FORWARD,
            label=label,
            label_at=at,
        )


def _halfway(bend: tuple[Point, Point, Point]) -> Point:
    """Return the middle of a smooth bend: a quadratic Bézier curve at ½."""
    (x0, y0), (x1, y1), (x2, y2) = bend
    return ((x0 + 2 * x1 + x2) / 4, (y0 + 2 * y1 + y2) / 4)


def thickness(weight: float) -> float:
    """Return how thick a weight's edge is drawn: the larger |w|, the thicker, within bounds."""
    size = abs(weight)
    return 1.5 + 3.5 * size / (1.0 + size) if size < 1e6 else 5.0  # noqa: PLR2004
