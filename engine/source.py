r"""The steps as Python text: one update of a chain.

    >>> print(*written_update(Structure(1, "tanh", "backprop")).lines, sep="\n")
    t0 = w1 * x
    t1 = function(t0)
    t2 = t1 - target
    t5 = derivative(t1)
    t3 = 0.5 * t2
    t6 = t2 * t5
    t4 = t3 * t2
    t7 = t6 * x
    t8 = rate * t7
    t9 = w1 - t8

`written_update` writes every layer out, for one number of layers: no loop and no list is left,
and a compiler can do it for many chains at a time. `layered_functions` goes through the layers in
loops, for chains of any length. What is computed twice by the same operations is computed once.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from engine.expressions import (
    Activated,
    Difference,
    Expression,
    HalfSquare,
    Negated,
    Node,
    Product,
    Reading,
    Slope,
    Spread,
    Sum,
    fold,
)
from engine.layers import PATTERN, Part, parts_of
from engine.parameters import Parameter, names_of
from engine.quantities import Name, Quantity
from engine.steps import Phase, Step, Structure, steps_of

_OPERATORS: Mapping[type[Node], str] = {Product: "*", Spread: "*", Sum: "+", Difference: "-"}


class _Page:
    """Lines of assignments, each operation on a line of its own.

    `names` tells what holds a number; of those that are not there, `place` does: `weights[i]`.
    """

    def __init__(self, names: dict[Name, str], place: Callable[[Name], str] | None = None) -> None:
        self.names = names
        self.lines: list[tuple[int, str]] = []
        self._place = place
        self._written: dict[str, str] = {}
        self._depths: dict[str, int] = {}

    def of(self, expression: Expression) -> str:
        """Write down what computes an expression; return what holds its value."""
        return fold(expression, Reading(self._name, self._node))

    def _name(self, name: Name) -> str:
        if name.quantity is Quantity.DERIVATIVE and name not in self.names:
            output = self._name(Name(Quantity.OUTPUT, name.layer))
            self.names[name] = self.line("derivative({})", output)
        if name not in self.names and self._place is not None:
            return self._place(name)
        return self.names[name]

    def _node(self, node: Node, parts: list[str]) -> str:
        match node:
            case Negated():
                return self.line("-{}", *parts)
            case HalfSquare():
                half = self.line("0.5 * {}", *parts)
                return self.line("{} * {}", half, *parts)
            case Activated():
                return self.line("function({})", *parts)
            case Slope():
                return self.line("derivative({})", self.line("function({})", *parts))
        made, *others = parts
        for part in others:
            made = self.line(f"{{}} {_OPERATORS[type(node)]} {{}}", made, part)
        return made

    def line(self, template: str, *parts: str) -> str:
        """Write a line, unless it is there already; return what holds its value."""
        text = template.format(*parts)
        if text not in self._written:
            name = f"t{len(self.lines)}"
            depth = 1 + max(self._depths.get(part, 0) for part in parts)
            self.lines.append((depth, f"{name} = {text}"))
            self._written[text], self._depths[name] = name, depth
        return self._written[text]


class Update(NamedTuple):
    """An update as text, every layer written out.

    `lines` are assignments. They read x, target, rate and θ (w1 … wn), and call function(z) and
    derivative(a) unless the activation is the identity. `theta`, `output` and `loss` are the names
    of the variables with the new θ, the output e and the loss L before the update.
    """

    lines: tuple[str, ...]
    theta: tuple[str, ...]
    output: str
    loss: str


def written_update(structure: Structure) -> Update:
    """Return one update of a chain of `structure.layers`."""
    n, parameters = structure.layers, structure.parameters
    learned = [one.of(i) for one in parameters for i in range(1, n + 1)]
    names = dict(zip(learned, names_of(parameters, n), strict=True))
    names |= {
        Name(Quantity.OUTPUT, 0): "x",
        Name(Quantity.TARGET, n): "target",
        Name(Quantity.LEARNING_RATE, 0): "rate",
    }
    page = _Page(names)
    for step in steps_of(structure):
        page.names[step.result] = page.of(step.expression)
    # What is needed soon again is then still in a register: 64 layers are a fifth faster so.
    lines = tuple(line for _, line in sorted(page.lines, key=itemgetter(0)))
    theta = tuple(page.names[name] for name in learned)
    output, loss = page.names[Name(Quantity.OUTPUT, n)], page.names[Name(Quantity.LOSS, n)]
    return Update(lines, theta, output, loss)


_RESULT = re.compile(r"\bt\d+\b")


def folded(
    lines: Iterable[str], values: Iterable[str], kept: Collection[str] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return lines, and values after them, with what is used once put in where it is used.

    Python then needs no name for it, which saves a fifth of the time. The names in `kept` stay.
    """
    pairs = [line.split(" = ", 1) for line in lines]
    uses = Counter(name for _, text in pairs for name in _RESULT.findall(text))
    inside: dict[str, str] = {}

    def unfolded(text: str) -> str:
        return _RESULT.sub(lambda name: inside.get(name[0], name[0]), text)

    left = []
    for name, text in pairs:
        if uses[name] > 1 or name in kept:
            left.append(f"{name} = {unfolded(text)}")
        else:
            inside[name] = f"({unfolded(text)})"
    return tuple(left), tuple(map(unfolded, values))


class Layered(NamedTuple):
    """The functions of chains of any length as text, on rows of numbers.

    `learn(rows, x, target, rate)` makes an update and returns the rows, e and L; `forward(rows, x)`
    fills the row of outputs alone, and needs no rows after it; `answer(rows, x)` returns e, and
    needs the rows of parameters alone; `loss(output, target)` returns L;
    `keep(checkpoints, place, rows)` writes θ down at a place that is counted in chains. `rows`
    names the quantity in each row of numbers: the parameters, the outputs, all others; layer i is
    at index i − 1, but aᵢ at index i. They call function(z) and derivative(a).
    """

    text: str
    rows: tuple[Quantity, ...]


_ROWS = {Quantity.OUTPUT: "outputs", Quantity.UPSTREAM: "upstreams"}
_KEEP = ("checkpoints[at : at + n] = {}", "at += n")

_CONSTANTS = {Quantity.TARGET: "target", Quantity.LEARNING_RATE: "rate", Quantity.LOSS: "loss"}


@lru_cache(maxsize=64)
def layered_functions(
    activation: str, algorithm: str, parameters: tuple[Parameter, ...]
) -> Layered:
    """Return the functions of all chains with this activation, algorithm and these parameters."""
    fields = {one.quantity: one.field for one in parameters}
    rows = fields | _ROWS | {one.gradient: one.gradients for one in parameters}
    parts = parts_of(activation, algorithm, parameters)
    ahead = [part for part in parts if part.steps[0].phase is Phase.FORWARD]
    count = f"n = len({parameters[0].field})"
    needed = [*fields.values(), _ROWS[Quantity.OUTPUT]]
    begin = [f"{', '.join(rows.values())} = rows", count]
    lines = [
        "def forward(rows, x):",
        *_indented([f"{', '.join(needed)} = rows", count]),
        *_indented(["outputs[0] = x", *_lines_of(ahead, rows)]),
        "",
        "def answer(rows, x):",
        *_indented(_answer_lines(ahead, parameters)),
        "",
        "def loss(output, target):",
        *_indented(_loss_lines(parts)),
        "",
        "def learn(rows, x, target, rate):",
        *_indented([*begin, "outputs[0] = x", *_lines_of(parts, rows)]),
        "    return rows, outputs[n], loss",
        "",
        "def keep(checkpoints, place, rows):",
        *_indented([*begin, f"at = place * {len(fields)} * n".replace(" * 1 ", " ")]),
        *_indented(line.format(field) for field in fields.values() for line in _KEEP),
    ]
    return Layered("\n".join(lines) + "\n", tuple(rows))


def _answer_lines(ahead: Sequence[Part], parameters: Sequence[Parameter]) -> Iterator[str]:
    """Yield a forward pass that keeps no outputs: that of the layer before is x."""
    ((step,), *_), *_ = ahead
    own = {one.of(0): one.letter for one in parameters}
    page = _Page(own | {Name(Quantity.OUTPUT, -1): "x"})
    value = page.of(step.expression)
    yield f"for {', '.join(own.values())} in {'zip(*rows)' if parameters[1:] else 'rows[0]'}:"
    lines, (value,) = folded((line for _, line in page.lines), (value,))
    yield from _indented((*lines, f"x = {value}"))
    yield "return x"


def _loss_lines(parts: Sequence[Part]) -> Iterator[str]:
    step = next(part.steps[0] for part in parts if part.steps[0].phase is Phase.LOSS)
    output, target = Name(Quantity.OUTPUT, PATTERN), Name(Quantity.TARGET, PATTERN)
    page = _Page({output: "output", target: "target"})
    value = page.of(step.expression)
    yield from (line for _, line in page.lines)
    yield f"return {value}"


def _lines_of(parts: Iterable[Part], rows: Mapping[Quantity, str]) -> Iterator[str]:
    for part in parts:
        if not part.direction:
            yield from _Assignments(rows, _index_at_the_ends).of(part.steps)
            continue
        yield f"for i in range({'n' if part.direction > 0 else 'n - 1, -1, -1'}):"
        always = len(part.steps) - part.left_out
        assignments = _Assignments(rows, _index_in_the_loop)
        yield from _indented(assignments.of(part.steps[:always]))
        if part.left_out:
            yield f"    if i {'< n - 1' if part.direction > 0 else '> 0'}:"
            yield from _indented(_indented(assignments.of(part.steps[always:])))


class _Assignments:
    """Writes steps down; what one has computed, those after it use without looking it up."""

    def __init__(self, rows: Mapping[Quantity, str], index: Callable[[int], str]) -> None:
        self._rows, self._index = rows, index
        self._page = _Page({}, self._place)

    def of(self, steps: Iterable[Step]) -> Iterator[str]:
        """Yield the lines of some steps."""
        for step in steps:
            written = len(self._page.lines)
            value = self._page.of(step.expression)
            yield from (line for _, line in self._page.lines[written:])
            yield f"{self._place(step.result)} = {value}"
            self._page.names[step.result] = value

    def _place(self, name: Name) -> str:
        if name.quantity in _CONSTANTS:
            return _CONSTANTS[name.quantity]
        return f"{self._rows[name.quantity]}[{self._index(name.layer - _first(name.quantity))}]"


def _first(quantity: Quantity) -> int:
    """Return which layer is at index 0 of a row."""
    return 0 if quantity is Quantity.OUTPUT else 1


def _index_in_the_loop(distance: int) -> str:
    """Return the index in the turn of i, which is layer i + 1."""
    distance += 1
    return f"i {'+' if distance > 0 else '-'} {abs(distance)}" if distance else "i"


def _index_at_the_ends(index: int) -> str:
    """Return the index of the first layer or, in a chain of `PATTERN` layers, of the last."""
    last = index - PATTERN
    return str(index) if index <= 0 else f"n - {-last}" if last else "n"


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"    {line}" for line in lines]
