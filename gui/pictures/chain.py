"""The picture of the chain: where everything stands, and how strongly. No Qt.

The upper rail runs from left to right and carries values; the lower one runs from right to left
and carries the public derivative, which drops each weight's gradient below it.
"""

from dataclasses import dataclass

from engine import Moment, Phase, Step
from engine.steps import positions_of
from gui.language import speech
from gui.numbers import exact, given, rounded
from gui.pictures import symbols
from gui.pictures.chain_layout import CARD, LOSS, PILL, RADIUS, Layout
from gui.pictures.ink import Arrow, Box, Caption, EditWeight, Ink, Point, SeekTo, Stress, Token
from gui.state import State


@dataclass(frozen=True, slots=True)
class ChainPicture:
    """Boxes, arrows and captions in a scene of `width` × `height`; `focus` is where to look.

    `token` is what moves while the present step is animated. `layers_at` is the x of a₀ … aₙ.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    captions: tuple[Caption, ...]
    token: Token | None
    focus: float
    layers_at: tuple[float, ...]


def chain_picture(state: State, width: float, height: float) -> ChainPicture:
    """Describe the chain at the present step, stretched to about `width` × `height`."""
    experiment = state.run.experiment
    linear = experiment.activation == "identity"
    painter = _Painter(state, Layout.fitting(experiment.layers, width, height, linear=linear))
    return painter.picture()


class _Painter:
    """Puts the picture of one state together."""

    def __init__(self, state: State, at: Layout) -> None:
        self.at = at
        self.n = at.layers
        self.moment: Moment = state.moment
        self.state = state
        self.digits = state.look.digits
        self.say = speech(state.look.language)
        self.positions = positions_of(state.run.experiment.algorithm, self.n)
        self.activation = state.run.experiment.activation
        self.phase, self.layer = self.moment.phase, self.moment.layer or 0

    def picture(self) -> ChainPicture:
        layers = range(1, self.n + 1)
        boxes = [
            *(self._neuron(i) for i in range(self.n + 1)),
            *(self._weight(i) for i in layers),
            self._loss(),
            *(self._upstream(i) for i in layers),
            *(self._gradient(i) for i in layers),
        ]
        arrows = [
            *(self._forward(i) for i in layers),
            self._to_loss(),
            self._seed(),
            *(self._pass_on(i) for i in layers if i > 1),
            *(self._drop(i) for i in layers),
            *self._operand_paths(),
        ]
        return ChainPicture(
            width=self.at.width,
            height=self.at.height,
            boxes=tuple(boxes),
            arrows=tuple(sorted(arrows, key=lambda arrow: arrow.stress)),
            captions=self._captions(),
            token=self._token(),
            focus=self._focus(),
            layers_at=tuple(self.at.x(i) for i in range(self.n + 1)),
        )

    # What is known, and how strongly it stands out

    def _is(self, phase: Phase, layer: int) -> bool:
        return self.phase is phase and self.layer == layer

    def _done(self, phase: Phase, layer: int) -> bool:
        return self.positions[Step(phase, layer)] <= self.moment.position

    def _stress(self, value: float | None, *, result: bool, used: bool) -> Stress:
        if value is None:
            return Stress.EMPTY
        return Stress.RESULT if result else Stress.USED if used else Stress.KNOWN

    def _number(self, value: float | None, *, narrow: bool = False) -> str:
        if value is None:
            return ""
        text = rounded(value, self.digits)
        # A power of ten would make the letters small: fewer digits, and all of them on hover.
        return rounded(value, min(3, self.digits)) if narrow and "×" in text else text

    def _seek(self, phase: Phase, layer: int) -> SeekTo:
        """Return the wish to see the step of this sample that computes something."""
        start = self.moment.update * len(self.positions)
        return SeekTo(start + self.positions[Step(phase, layer)])

    def _hint(self, symbol: str, value: float | None) -> str:
        return f"{symbol} = {exact(value)}" if value is not None else ""

    # Boxes

    def _neuron(self, i: int) -> Box:
        value = self.moment.outputs[i]
        symbol = symbols.output(i, self.n)
        used = (
            self._is(Phase.FORWARD, i + 1)
            or self._is(Phase.GRADIENT, i + 1)
            or (i == self.n and self.phase in (Phase.LOSS, Phase.SEED))
        )
        return Box(
            kind="circle",
            x=self.at.x(i),
            y=self.at.neurons,
            width=2 * RADIUS,
            height=2 * RADIUS,
            ink=Ink.FORWARD,
            stress=self._stress(value, result=self._is(Phase.FORWARD, i), used=used),
            symbol=symbol,
            number=given(self.moment.x, self.digits)
            if i == 0
            else self._number(value, narrow=True),
            hint=self._hint(symbol, value),
            wish=self._seek(Phase.FORWARD, i) if i and self.state.last else None,
            italic=True,
        )

    def _weight(self, i: int) -> Box:
        value = self.moment.weights[i - 1]
        before = self.moment.weights_before[i - 1]
        is_new = self._is(Phase.UPDATE, i)
        used = self._is(Phase.FORWARD, i) or self._is(Phase.PASS_ON, i)
        done = self._done(Phase.UPDATE, i)
        return Box(
            kind="card",
            x=self.at.middle(i),
            y=self.at.weights,
            width=CARD[0],
            height=CARD[1],
            ink=Ink.UPDATE if done else Ink.BACKWARD if self._is(Phase.PASS_ON, i) else Ink.FORWARD,
            stress=self._stress(value, result=is_new, used=used),
            symbol=symbols.weight(i),
            number=self._number(value),
            former=self._number(before) if is_new else "",
            hint=self._hint(symbols.weight(i), value)
            + "\n"
            + self.say("Click to edit the initial weight."),
            wish=EditWeight(i),
        )

    def _loss(self) -> Box:
        e = symbols.output(self.n, self.n)
        return Box(
            kind="card",
            x=self.at.loss_x,
            y=self.at.neurons,
            width=LOSS[0],
            height=LOSS[1],
            ink=Ink.LOSS,
            stress=self._stress(
                self.moment.loss, result=self.phase is Phase.LOSS, used=self.phase is Phase.SEED
            ),
            symbol=f"L = ½({e} − ê)²",
            number=self._number(self.moment.loss),
            note=f"ê = {given(self.moment.target, self.digits)}",
            hint=self._hint("L", self.moment.loss),
            wish=self._seek(Phase.LOSS, self.n) if self.state.last else None,
        )

    def _upstream(self, i: int) -> Box:
        value = self.moment.upstreams[i - 1]
        symbol = symbols.upstream(i, self.n)
        arrives = (Phase.PASS_ON, i + 1) if i < self.n else (Phase.SEED, self.n)
        return Box(
            kind="pill",
            x=self.at.x(i),
            y=self.at.upstreams,
            width=PILL[0],
            height=PILL[1],
            ink=Ink.BACKWARD,
            stress=self._stress(
                value,
                result=self._is(*arrives),
                used=self._is(Phase.GRADIENT, i) or self._is(Phase.PASS_ON, i),
            ),
            symbol=symbol,
            number=self._number(value),
            hint=self._hint(symbol, value),
            wish=self._seek(*arrives) if self.state.last else None,
        )

    def _gradient(self, i: int) -> Box:
        value = self.moment.gradients[i - 1]
        symbol = symbols.gradient(i)
        return Box(
            kind="card",
            x=self.at.middle(i),
            y=self.at.gradients,
            width=CARD[0],
            height=CARD[1],
            ink=Ink.GRADIENT,
            stress=self._stress(
                value, result=self._is(Phase.GRADIENT, i), used=self._is(Phase.UPDATE, i)
            ),
            symbol=symbol,
            number=self._number(value),
            hint=self._hint(symbol, value),
            wish=self._seek(Phase.GRADIENT, i) if self.state.last else None,
        )

    # Paths

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
            stress=self._stress(
                self.moment.outputs[i], result=self._is(Phase.FORWARD, i), used=False
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
            stress=self._stress(
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
            stress=self._stress(
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
            stress=self._stress(
                self.moment.upstreams[i - 2], result=self._is(Phase.PASS_ON, i), used=False
            ),
            thickness=3,
            label=f"× {symbols.weight(i)}{slope}",
            label_at=(self.at.middle(i) + 12, self.at.upstreams - 13),
        )

    def _drop_points(self, i: int) -> tuple[Point, ...]:
        """Return the way from the public derivative down into the gradient, a smooth bend."""
        start = (self.at.x(i) - 22, self.at.upstreams + PILL[1] / 2)
        end = (self.at.middle(i) + 32, self.at.gradients - CARD[1] / 2 - 1)
        bend = 0.62 * (end[1] - start[1])
        return (start, (start[0], start[1] + bend), (end[0], end[1] - bend), end)

    def _drop(self, i: int) -> Arrow:
        return Arrow(
            points=self._drop_points(i),
            ink=Ink.GRADIENT,
            stress=self._stress(
                self.moment.gradients[i - 1], result=self._is(Phase.GRADIENT, i), used=False
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

    # What moves, where to look, and what the rails are called

    def _token(self) -> Token | None:
        computation = self.moment.computation
        if computation is None or self.phase is None:
            return None
        i = self.layer
        paths = {
            Phase.FORWARD: (self._forward_points, Ink.FORWARD),
            Phase.GRADIENT: (self._drop_points, Ink.GRADIENT),
            Phase.PASS_ON: (self._pass_on_points, Ink.BACKWARD),
        }
        number = rounded(computation.result.value, self.digits)
        if self.phase in paths:
            points, ink = paths[self.phase]
            return Token(points(i), ink, number, curved=self.phase is Phase.GRADIENT)
        if self.phase is Phase.SEED:
            return Token(self._seed_points(), Ink.BACKWARD, number)
        if self.phase is Phase.LOSS:
            return Token(self._to_loss().points, Ink.LOSS, number)
        return Token(self._operand_paths()[0].points, Ink.UPDATE, number)

    def _focus(self) -> float:
        if self.phase is None:
            return self.at.x(0)
        if self.phase in (Phase.LOSS, Phase.SEED):
            return self.at.loss_x
        return self.at.middle(self.layer)

    def _captions(self) -> tuple[Caption, ...]:
        left = self.at.left - RADIUS
        return (
            Caption(left, self.at.caption, self.say("forward: values →"), Ink.FORWARD),
            Caption(
                left,
                self.at.lower_caption,
                self.say("← backward: the public derivative"),
                Ink.BACKWARD,
            ),
        )


def _halfway(bend: tuple[Point, Point, Point]) -> Point:
    """Return the middle of a smooth bend: a quadratic Bézier curve at ½."""
    (x0, y0), (x1, y1), (x2, y2) = bend
    return ((x0 + 2 * x1 + x2) / 4, (y0 + 2 * y1 + y2) / 4)


def thickness(weight: float) -> float:
    """Return how thick a weight's edge is drawn: the larger |w|, the thicker, within bounds."""
    size = abs(weight)
    return 1.5 + 3.5 * size / (1.0 + size) if size < 1e6 else 5.0  # noqa: PLR2004
