"""The boxes of the chain's picture: neurons, weights, loss, derivatives, gradients. No Qt."""

from engine import Phase
from gui.numbers import given
from gui.pictures import symbols
from gui.pictures.chain_layout import CARD, LOSS, PILL, RADIUS
from gui.pictures.chain_scene import Scene
from gui.pictures.ink import Box, EditWeight, Ink


class Boxes(Scene):
    """Describes every box at the state's moment."""

    def of(self, layers: range) -> tuple[Box, ...]:
        """Return the boxes of some layers and of the loss, the upper rail's first."""
        return (
            *(self._neuron(i) for i in range(layers[0] - 1, layers[-1] + 1)),
            *(self._weight(i) for i in layers),
            self._loss(),
            *(self._upstream(i) for i in layers),
            *(self._gradient(i) for i in layers),
        )

    def _neuron(self, i: int) -> Box:
        value = self.moment.outputs[i]
        symbol = symbols.output(i, self.n)
        used = (
            self.is_now(Phase.FORWARD, i + 1)
            or self.is_now(Phase.GRADIENT, i + 1)
            or (i == self.n and self.phase in (Phase.LOSS, Phase.SEED))
        )
        return Box(
            kind="circle",
            x=self.at.x(i),
            y=self.at.neurons,
            width=2 * RADIUS,
            height=2 * RADIUS,
            ink=Ink.FORWARD,
            stress=self.stress(value, result=self.is_now(Phase.FORWARD, i), used=used),
            symbol=symbol,
            number=given(self.moment.x, self.digits) if i == 0 else self.number(value, narrow=True),
            hint=self.hint(symbol, value),
            full=self.full(value),
            wish=self.seek(Phase.FORWARD, i) if i and self.state.last else None,
            italic=True,
        )

    def _weight(self, i: int) -> Box:
        value = self.moment.weights[i - 1]
        before = self.moment.weights_before[i - 1]
        is_new = self.is_now(Phase.UPDATE, i)
        used = self.is_now(Phase.FORWARD, i) or self.is_now(Phase.PASS_ON, i)
        done = self.is_done(Phase.UPDATE, i)
        return Box(
            kind="card",
            x=self.at.middle(i),
            y=self.at.weights,
            width=CARD[0],
            height=CARD[1],
            ink=Ink.UPDATE
            if done
            else Ink.BACKWARD
            if self.is_now(Phase.PASS_ON, i)
            else Ink.FORWARD,
            stress=self.stress(value, result=is_new, used=used),
            symbol=symbols.weight(i),
            number=self.number(value),
            former=self.number(before) if is_new else "",
            hint=self.hint(symbols.weight(i), value)
            + "\n"
            + self.say("Click to edit the initial weight."),
            full=self.full(value),
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
            stress=self.stress(
                self.moment.loss, result=self.phase is Phase.LOSS, used=self.phase is Phase.SEED
            ),
            symbol=f"L = ½({e} − ê)²",
            number=self.number(self.moment.loss),
            note=f"ê = {given(self.moment.target, self.digits)}",
            hint=self.hint("L", self.moment.loss),
            full=self.full(self.moment.loss),
            wish=self.seek(Phase.LOSS, self.n) if self.state.last else None,
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
            stress=self.stress(
                value,
                result=self.is_now(*arrives),
                used=self.is_now(Phase.GRADIENT, i) or self.is_now(Phase.PASS_ON, i),
            ),
            symbol=symbol,
            number=self.number(value),
            hint=self.hint(symbol, value),
            full=self.full(value),
            wish=self.seek(*arrives) if self.state.last else None,
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
            stress=self.stress(
                value, result=self.is_now(Phase.GRADIENT, i), used=self.is_now(Phase.UPDATE, i)
            ),
            symbol=symbol,
            number=self.number(value),
            hint=self.hint(symbol, value),
            full=self.full(value),
            wish=self.seek(Phase.GRADIENT, i) if self.state.last else None,
        )
