"""The boxes of the chain's picture: neurons, weights, loss, derivatives, gradients. No Qt."""

from typing import Any

from engine import Phase
from engine.parameters import Parameter
from engine.quantities import Name, Quantity
from gui.chain.picture.layout import CARD, LOSS, PILL, RADIUS
from gui.chain.picture.scene import LETTERS, Scene, length
from gui.drawing.ink import Box, Ink
from gui.language.numbers import given
from gui.state.intents import EditParameter
from gui.words import symbols
from gui.words.glossary import explained, learned, term_of
from gui.words.meanings import Meaning

_LETTER = 10.0
"""About how wide a letter of a card's number is."""

_BETWEEN = 8.0
"""The least room between two cards."""


class Boxes(Scene):
    """Describes every box at the state's moment."""

    def of(self, layers: range) -> tuple[Box, ...]:
        """Return the boxes of some layers and of the loss, the upper rail's first."""
        learned = [(which, i) for which in range(len(self.parameters)) for i in layers]
        return (
            *(self._neuron(i) for i in range(layers[0] - 1, layers[-1] + 1)),
            *(self._learned(*one) for one in learned),
            self._loss(),
            *(self._upstream(i) for i in layers),
            *(self._gradient(*one) for one in learned),
        )

    def _neuron(self, i: int) -> Box:
        name = Name(Quantity.OUTPUT, i)
        value = self.value(name)
        symbol = symbols.output(i, self.n)
        return Box(
            kind="circle",
            x=self.at.x(i),
            y=self.at.neurons,
            width=2 * RADIUS,
            height=2 * RADIUS,
            ink=Ink.FORWARD,
            stress=self.emphasis(name),
            **self.named(name),
            symbol=symbol,
            **self.numbers(value, typed=i == 0),
            told=self.told(symbol, value, Meaning.OUTPUT if i else Meaning.INPUT),
            wish=self.seek(name) if i else None,
        )

    def _learned(self, which: int, i: int) -> Box:
        """Describe a parameter of layer i: the current one, and where it was just updated the old.

        On the way back it has the colour of what is passed.
        """
        parameter = self.parameters[which]
        name, (x, y) = parameter.of(i), self.at.learned(which, i)
        value, symbol = self.moment.numbers[name], symbols.learned(parameter, i)
        is_new, done = self.is_result(name), self.is_done(name)
        texts = self.replaced(self.moment.before[name], value) if is_new else self.numbers(value)
        passes = self.is_operand(name) and self.phase not in (Phase.FORWARD, Phase.UPDATE)
        meaning = term_of(name.quantity, i, is_new=done)
        presenter = self.state.presenter
        edit = "" if presenter and presenter.fills else self.say(learned(parameter).edit)
        return Box(
            kind="card",
            x=x,
            y=y,
            width=self._wide_enough(texts),
            height=CARD[1],
            ink=Ink.UPDATE if done else Ink.BACKWARD if passes else Ink.FORWARD,
            stress=self.emphasis(name),
            **self.named(name),
            symbol=symbol,
            **texts,
            remark=self.say("unchanged") if is_new and self.moment.unchanged else "",
            told=self.told(symbol, value, meaning, edit),
            wish=EditParameter(name) if edit else None,
            handle=bool(edit) and self._can_be_dragged(parameter),
        )

    def _can_be_dragged(self, parameter: Parameter) -> bool:
        editable = self.state.editable
        return not self.state.picks and (editable is None or parameter.field in editable)

    def _wide_enough(self, texts: dict[str, Any]) -> float:
        """Return the width of a card: larger where a number needs more letters than it has."""
        more = max(length(texts["number"]) - LETTERS, 0)
        return min(CARD[0] + _LETTER * more, 2 * self.at.pitch - CARD[0] - _BETWEEN)

    def _loss(self) -> Box:
        e = symbols.output(self.n, self.n)
        name = Name(Quantity.LOSS, self.n)
        return Box(
            kind="card",
            x=self.at.loss_x,
            y=self.at.neurons,
            width=LOSS[0],
            height=LOSS[1],
            ink=Ink.LOSS,
            stress=self.emphasis(name, Name(Quantity.TARGET, self.n)),
            **self.named(name),
            symbol=f"L = ½({e} − ê)²",
            **self.numbers(self.moment.loss),
            note=f"ê = {given(self.moment.target, self.digits, self.say)}",
            told=lambda: (self._hint_of_loss(), self.full(self.moment.loss)),
            wish=self.seek(name),
        )

    def _hint_of_loss(self) -> str:
        hint = self.hint("L", self.moment.loss, Meaning.LOSS)
        return f"{hint}\n{explained('ê', Meaning.TARGET, self.say)}"

    def _upstream(self, i: int) -> Box:
        name = Name(Quantity.UPSTREAM, i)
        place = (self.at.x(i), self.at.upstreams)
        return self._derivative("pill", name, place, symbols.public_derivative(i, self.n))

    def _gradient(self, which: int, i: int) -> Box:
        parameter = self.parameters[which]
        place = self.at.gradient(which, i)
        true = symbols.true_gradient(i, parameter)
        return self._derivative("card", parameter.gradient_of(i), place, true)

    def _derivative(self, kind: str, name: Name, place: tuple[float, float], meant: str) -> Box:
        """Describe a number of the backward pass; `meant` is the derivative that it should be."""
        value, symbol = self.value(name), symbols.of(name, self.experiment)
        width, height = PILL if kind == "pill" else CARD
        return Box(
            kind=kind,
            x=place[0],
            y=place[1],
            width=width,
            height=height,
            ink=Ink.BACKWARD if kind == "pill" else Ink.GRADIENT,
            stress=self.emphasis(name),
            **self.named(name),
            symbol=symbol,
            **self.numbers(value),
            told=lambda: (self._hint_of(symbol, value, name, meant), self.full(value)),
            wish=self.seek(name),
        )

    def _hint_of(self, symbol: str, value: float | None, name: Name, meant: str) -> str:
        """Return the full value, what it means, and what a wrong algorithm treats it as."""
        term = term_of(name.quantity, name.layer, is_true=symbol == meant)
        hint = self.hint(symbol, value, term)
        if value is None or symbol == meant or self.state.secret:
            return hint
        words = self.say("“{algorithm}” treats this as {derivative}.").format(
            algorithm=self.say(self.structure.by.title), derivative=meant
        )
        return f"{hint}\n{words}"
