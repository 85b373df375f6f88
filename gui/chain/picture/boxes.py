"""The boxes of the chain's picture: neurons, weights, loss, derivatives, gradients. No Qt."""

from typing import Any

from engine import Phase
from engine.moment import Quantity
from gui.chain.picture.layout import CARD, LOSS, PILL, RADIUS
from gui.chain.picture.scene import LETTERS, Scene, length
from gui.drawing.ink import Box, Ink
from gui.language.numbers import given
from gui.state.intents import EditWeight
from gui.words import symbols
from gui.words.glossary import Meaning, explained, term_of
from gui.words.names import ALGORITHM_NAMES

_LETTER = 10.0
"""About how wide a letter of a card's number is."""

_BETWEEN = 8.0
"""The least room between two cards."""


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
        user = i if self.algorithm == "own_output" else i + 1
        used = (
            self.is_now(Phase.FORWARD, i + 1)
            or self.is_now(Phase.GRADIENT, user)
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
            **self.named(Quantity.OUTPUT, i),
            symbol=symbol,
            **self.numbers(value, typed=i == 0),
            hint=self.hint(symbol, value, Meaning.OUTPUT if i else Meaning.INPUT),
            full=self.full(value),
            wish=self.seek(Phase.FORWARD, i) if i and self.state.last else None,
        )

    def _weight(self, i: int) -> Box:
        value = self.moment.weights[i - 1]
        before = self.moment.weights_before[i - 1]
        is_new = self.is_now(Phase.UPDATE, i)
        texts = self.replaced(before, value) if is_new else self.numbers(value)
        passes = self.is_now(Phase.PASS_ON, i) or (
            self.from_the_front and (self.is_now(Phase.GRADIENT, i) or self.is_now(Phase.SEED, i))
        )
        used = self.is_now(Phase.FORWARD, i) or passes
        done = self.is_done(Phase.UPDATE, i)
        return Box(
            kind="card",
            x=self.at.middle(i),
            y=self.at.weights,
            width=self._wide_enough(texts),
            height=CARD[1],
            ink=Ink.UPDATE if done else Ink.BACKWARD if passes else Ink.FORWARD,
            stress=self.stress(value, result=is_new, used=used),
            **self.named(Quantity.WEIGHT, i),
            symbol=symbols.weight(i),
            **texts,
            remark=self.say("unchanged") if is_new and self.moment.unchanged else "",
            hint=self.hint(symbols.weight(i), value, Meaning.NEW_WEIGHT if done else Meaning.WEIGHT)
            + "\n"
            + self.say("Click to edit the initial weight."),
            full=self.full(value),
            wish=EditWeight(i),
        )

    def _wide_enough(self, texts: dict[str, Any]) -> float:
        """Return the width of a card: larger where a number needs more letters than it has."""
        more = max(length(texts["number"]) - LETTERS, 0)
        return min(CARD[0] + _LETTER * more, 2 * self.at.pitch - CARD[0] - _BETWEEN)

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
            **self.named(Quantity.LOSS, self.n),
            symbol=f"L = ½({e} − ê)²",
            **self.numbers(self.moment.loss),
            note=f"ê = {given(self.moment.target, self.digits)}",
            hint=self.hint("L", self.moment.loss, Meaning.LOSS)
            + "\n"
            + explained("ê", Meaning.TARGET, self.say),
            full=self.full(self.moment.loss),
            wish=self.seek(Phase.LOSS, self.n) if self.state.last else None,
        )

    def _upstream(self, i: int) -> Box:
        value = self.moment.upstreams[i - 1]
        symbol = symbols.upstream(i, self.experiment)
        arrives = self.arrives(i)
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
            **self.named(Quantity.UPSTREAM, i),
            symbol=symbol,
            **self.numbers(value),
            hint=self._hint_of(symbol, value, Quantity.UPSTREAM, i),
            full=self.full(value),
            wish=self.seek(*arrives) if self.state.last else None,
        )

    def _gradient(self, i: int) -> Box:
        value = self.moment.gradients[i - 1]
        symbol = symbols.gradient(i, self.experiment)
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
            **self.named(Quantity.GRADIENT, i),
            symbol=symbol,
            **self.numbers(value),
            hint=self._hint_of(symbol, value, Quantity.GRADIENT, i),
            full=self.full(value),
            wish=self.seek(Phase.GRADIENT, i) if self.state.last else None,
        )

    def _hint_of(self, symbol: str, value: float | None, quantity: Quantity, i: int) -> str:
        """Return the full value, what it means, and what a wrong algorithm treats it as."""
        meant = (
            symbols.true_gradient(i)
            if quantity is Quantity.GRADIENT
            else symbols.public_derivative(i, self.n)
        )
        hint = self.hint(symbol, value, term_of(quantity, i, is_true=symbol == meant))
        if value is None or symbol == meant:
            return hint
        words = self.say("“{algorithm}” treats this as {derivative}.").format(
            algorithm=self.say(ALGORITHM_NAMES[self.algorithm]), derivative=meant
        )
        return f"{hint}\n{words}"
