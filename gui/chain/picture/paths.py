"""The paths of the chain's picture, and the numbers that move along them. No Qt.

Which paths there are, and what moves, follows from the steps: from each operand to the result.
"""

from typing import Any

from engine import Phase, Step
from engine.expressions import Negated
from engine.parameters import parameter_of
from engine.quantities import Name, Quantity
from engine.steps import steps_of
from gui.chain.picture.layout import CARD, LOSS, PILL, RADIUS
from gui.chain.picture.rooms import LANE, Rooms, wide
from gui.drawing.ink import Arrow, Ink, Point, Stress, Token
from gui.language.covering import is_covered
from gui.words import symbols

_VALUE, _PASSED = Ink.FORWARD, Ink.BACKWARD


class Paths(Rooms):
    """Describes every path at the state's moment."""

    def of(self, layers: range) -> tuple[Arrow, ...]:
        """Return the paths of some layers; those that stand out come last, painted on top."""
        others = range(1, len(self.parameters))
        arrows = [
            *(self._forward(i) for i in layers),
            *(self._added(which, i) for which in others for i in layers),
            self._to_loss(),
            self._seed(),
            *(self._pass_on(step) for step in self._passes() if step.layer in layers),
            *(self._drop(which, i) for which in (0, *others) for i in layers),
            *self._operand_paths(),
        ]
        return tuple(sorted(arrows, key=lambda arrow: arrow.stress))

    def _passes(self) -> list[Step]:
        return [step for step in steps_of(self.structure) if step.phase is Phase.PASS_ON]

    def tokens(self) -> tuple[Token, ...]:
        """Return the numbers that move while the latest step is shown: its factors, on their way.

        The result appears where they arrive. Only the public derivative of the output starts as a
        result itself.
        """
        step, computation = self.step, self.moment.computation
        if step is None or computation is None:
            return ()
        i = step.layer
        match step.phase:
            case Phase.FORWARD:
                return (self._output_token(i - 1, self._forward_points(i)),)
            case Phase.LOSS:
                return (self._output_token(self.n, self._to_loss().points),)
            case Phase.SEED:
                return (self._token(computation.result.value, self._seed_points(), _PASSED),)
            case Phase.PASS_ON:
                return (self._passed_token(self._pass_on_points(step), curved=False),)
            case Phase.GRADIENT:
                which = self._which(step)
                entering = [
                    self._output_token(self.enters(i), path.points, curved=True)
                    for path in self._operand_paths()
                ]
                dropping = self._passed_token(self._drop_points(which, i), curved=which == 0)
                return (*entering, dropping)
            case Phase.UPDATE:
                (rising,) = self._operand_paths()
                gradient = parameter_of(step.result.quantity).gradient_of(i)
                return (self._token(self.value(gradient), rising.points, Ink.GRADIENT),)

    def _which(self, step: Step) -> int:
        """Return which of the layer's parameters a gradient or an update is of."""
        return self.parameters.index(parameter_of(step.result.quantity))

    def _operand(self, quantity: Quantity) -> Name | None:
        return next((name for name in self.operands if name.quantity is quantity), None)

    def _output_token(self, i: int, path: tuple[Point, ...], *, curved: bool = False) -> Token:
        number = self.number(self.moment.outputs[i], typed=i == 0)
        return Token(path, _VALUE, number, curved=curved)

    def _passed_token(self, path: tuple[Point, ...], *, curved: bool) -> Token:
        passed = self._operand(Quantity.UPSTREAM)
        return self._token(self.value(passed) if passed else None, path, _PASSED, curved=curved)

    def _token(
        self, value: float | None, path: tuple[Point, ...], ink: Ink, *, curved: bool = False
    ) -> Token:
        return Token(path, ink, self.number(value), curved=curved)

    def _emphasis(self, result: Name) -> Stress:
        """Return how strongly the way to a result stands out."""
        return self.stress(self.value(result), result=self.is_result(result), used=False)

    def _forward_points(self, i: int) -> tuple[Point, ...]:
        y = self.at.neurons
        return ((self.at.x(i - 1) + RADIUS, y), (self.at.x(i) - RADIUS - 1, y))

    def _forward(self, i: int) -> Arrow:
        weight = self.moment.weights[i - 1]
        name = symbols.activation(self.experiment.activation)
        room = self.under_edge(i)
        has_room = room.right - room.left > wide(name)
        return Arrow(
            points=self._forward_points(i),
            ink=Ink.FORWARD,
            stress=self._emphasis(Name(Quantity.OUTPUT, i)),
            thickness=thickness(weight),
            dashed=weight < 0,
            label=name if has_room else "",
            room=room,
        )

    def _added(self, which: int, i: int) -> Arrow:
        """Return the way from a parameter that is added, down into its neuron."""
        x, y = self.at.learned(which, i)
        return Arrow(
            points=((x, y + CARD[1] / 2), (x, self.at.neurons - RADIUS - 1)),
            ink=Ink.FORWARD,
            stress=self._emphasis(Name(Quantity.OUTPUT, i)),
        )

    def _to_loss(self) -> Arrow:
        y = self.at.neurons
        loss, target = Name(Quantity.LOSS, self.n), Name(Quantity.TARGET, self.n)
        return Arrow(
            points=(
                (self.at.x(self.n) + RADIUS, y),
                (self.at.loss_x - LOSS[0] / 2 - 1, y),
            ),
            ink=Ink.LOSS,
            stress=self.emphasis(loss, target),
        )

    @property
    def _seed_step(self) -> Step:
        return next(step for step in steps_of(self.structure) if step.phase is Phase.SEED)

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
        step = self._seed_step
        error, factors = f"{symbols.output(self.n, self.n)} − ê", self.factors_of(step)
        return Arrow(
            points=self._seed_points(),
            ink=Ink.BACKWARD,
            stress=self._emphasis(step.result),
            thickness=3,
            label=" · ".join((f"({error})", *factors)) if factors else error,
            room=self.seed_room(),
        )

    def _pass_on_points(self, step: Step) -> tuple[Point, ...]:
        """Return the way along the rail, from pill to pill."""
        y, half = self.at.upstreams, PILL[0] / 2
        start, end = self.at.x(step.layer), self.at.x(step.result.layer)
        side = 1 if end > start else -1
        return ((start + side * half, y), (end - side * (half + 1), y))

    def _pass_on(self, step: Step) -> Arrow:
        between = max(step.layer, step.result.layer)
        own = [name for name in self.names_in(step) if name.quantity is not Quantity.DERIVATIVE]
        return Arrow(
            points=self._pass_on_points(step),
            ink=Ink.BACKWARD,
            stress=self._emphasis(step.result),
            thickness=3,
            label=f"× {' · '.join(symbols.of(name, self.experiment) for name in own)}",
            below="× f′" if len(own) < len(self.names_in(step)) else "",
            room=self.free_rail(between),
            aside=self.over_pill(between),
        )

    def _drop_points(self, which: int, i: int) -> tuple[Point, ...]:
        """Return the way from the public derivative down into a gradient: straight, or a bend."""
        x, y = self.at.gradient(which, i)
        if which:
            start = (x, self.at.upstreams + PILL[1] / 2)
            return (start, (x, y - CARD[1] / 2 - 1))
        start = (self.at.x(i) - 30, self.at.upstreams + PILL[1] / 2)
        end = (x + 46, y - CARD[1] / 2 - 1)
        bend = 0.62 * (end[1] - start[1])
        return (start, (start[0], start[1] + bend), (end[0], end[1] - bend), end)

    def _drop(self, which: int, i: int) -> Arrow:
        result = self.parameters[which].gradient_of(i)
        return Arrow(
            points=self._drop_points(which, i),
            ink=Ink.GRADIENT,
            stress=self._emphasis(result),
            curved=which == 0,
            **self._drop_label(which, i, result),
        )

    def _drop_label(self, which: int, i: int, result: Name) -> dict[str, Any]:
        """Return what stands at the way down where nothing else enters: × f′, or that it is × 1."""
        if which == 0 or not self.is_result(result):
            return {}
        step = self.step_to(result)
        return {"label": self._factors_label(step), "room": self.right_of(self.at.x(i))}

    def _operand_paths(self) -> list[Arrow]:
        """Return the ways of the other factors, shown for the present step alone."""
        step = self.step
        if step is None:
            return []
        i = step.layer
        if step.phase is Phase.GRADIENT and self._operand(Quantity.OUTPUT):
            label = self._factors_label(step)
            return [self._dotted(self._entering_points(i), Ink.FORWARD, label)]
        if step.phase is Phase.UPDATE:
            return [self._rising(self._which(step), i)]
        return []

    def _rising(self, which: int, i: int) -> Arrow:
        """Return the way of a gradient up to its parameter; pill and neuron cover part of it."""
        low = self.at.gradient(which, i)[1] - CARD[1] / 2
        high = self.at.learned(which, i)[1] + CARD[1] / 2 + 1
        x = self.beside_the_drop(i) if which else self.crossing(i)
        return self._dotted(((x, low), (x, high)), Ink.UPDATE, "× (−α)", beyond=which > 0)

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

    def _factors_label(self, step: Step) -> str:
        """Return what a gradient takes besides the public derivative: × x · f′, × (−x), × 1."""
        factors = sorted(self.factors_of(step), key=lambda name: name == "f′") or ["1"]
        if isinstance(step.expression, Negated):
            sign = -2 if len(factors) > 1 and factors[-1] == "f′" else -1
            factors[sign] = f"(−{factors[sign]})"
        return f"× {' · '.join(factors)}"

    def _dotted(
        self, points: tuple[Point, ...], ink: Ink, label: str, *, beyond: bool = False
    ) -> Arrow:
        """Return a way that a factor takes; its label stands at the left, or `beyond` it."""
        x = points[-1][0]
        room, aside = (self.right_of(x), None) if beyond else self.beside(x, label)
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
    size = 1.0 if is_covered(weight) else abs(weight)
    return 1.5 + 3.5 * size / (1.0 + size) if size < 1e6 else 5.0  # noqa: PLR2004
