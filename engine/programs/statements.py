"""The steps of an experiment as statements of a program, each in at most `COLUMNS` columns.

A statement is marked with the step that it does (`engine.programs.program`). What several steps of
a layer begin to multiply alike stands in a line of its own before them: `local`, or `leaving` where
it is what the layer passes on.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from engine.expressions import (
    Activated,
    Difference,
    Expression,
    HalfSquare,
    Negated,
    Node,
    Product,
    Slope,
    Spread,
    Sum,
)
from engine.programs.program import COLUMNS, tag_of
from engine.quantities import Name, Quantity
from engine.steps import Phase, Step

Names = Callable[[Name], str]
"""What a number is called in a program."""

RATE = Name(Quantity.LEARNING_RATE, 0)


def code(expression: Expression, names: Names) -> str:
    """Return an expression as Python."""
    match expression:
        case Name():
            return names(expression)
        case Product(parts) | Spread(_, parts):
            return " * ".join(_bracketed(part, names) for part in parts)
        case Sum(parts):
            return " + ".join(code(part, names) for part in parts)
        case Difference((left, right)):
            return f"{code(left, names)} - {code(right, names)}"
        case Activated((part,)):
            return f"f({code(part, names)})"
        case Negated() | HalfSquare() | Slope():
            raise ValueError(f"no program writes this: {expression}")


def _bracketed(part: Expression, names: Names) -> str:
    return f"({code(part, names)})" if isinstance(part, (Difference, Sum)) else code(part, names)


@dataclass(frozen=True, slots=True)
class Shared:
    """What the steps of a layer begin to multiply alike, and the name it gets."""

    name: str
    factors: tuple[Expression, ...]


def bracketed_in(steps: Iterable[Step]) -> Shared | None:
    """Return the product inside a product among some steps of one layer, if there is one."""
    for step in steps:
        for node in (step.expression, *_parts(step.expression)):
            inside = next((part for part in _parts(node) if isinstance(part, Product)), None)
            if inside is not None and isinstance(node, (Product, Spread)):
                return Shared("local", flat(inside))
    return None


def shared_in(steps: Sequence[Step]) -> Shared | None:
    """Return what some steps of one layer begin to multiply alike, if that is a product."""
    if bracketed := bracketed_in(steps):
        return bracketed
    products = {step.result: _factors(step) for step in steps if step.phase is not Phase.UPDATE}
    if len(products) < 2:  # noqa: PLR2004 - one shares with nobody
        return None
    columns = zip(*products.values(), strict=False)
    factors = tuple(some[0] for some in takewhile(lambda some: len(set(some)) == 1, columns))
    if len(factors) < 2:  # noqa: PLR2004 - one factor is no product
        return None
    passes = any(s.phase is Phase.PASS_ON and products[s.result] == factors for s in steps)
    return Shared("leaving" if passes else "local", factors)


def _parts(expression: Expression) -> tuple[Expression, ...]:
    return () if isinstance(expression, Name) else expression.parts


def _factors(step: Step) -> tuple[Expression, ...]:
    """Return what a step multiplies, without brackets; nothing else but a sign is in it."""
    expression = step.expression
    if isinstance(expression, Negated):
        (expression,) = expression.parts
    return flat(expression)


def flat(expression: Expression) -> tuple[Expression, ...]:
    """Return the factors of an expression, also of products among them."""
    if not isinstance(expression, (Product, Spread)):
        return (expression,)
    return tuple(factor for part in expression.parts for factor in flat(part))


class Statements:
    """Writes steps of one layer down, one after the other.

    `names` tells what numbers are called, `shared` what several steps begin with, if anything.
    `linear` chooses the comment at a mistake; those in `told` are not repeated.
    """

    def __init__(
        self,
        names: Names,
        indent: int,
        *,
        linear: bool,
        shared: Shared | None = None,
        told: set[str] | None = None,
    ) -> None:
        self._names, self._indent, self._linear = names, " " * indent, linear
        self._shared, self._is_written = shared, False
        self._told: set[str] = set() if told is None else told

    def of(self, steps: Iterable[Step]) -> Iterator[str]:
        """Yield the lines of some steps."""
        for step in steps:
            yield from self.step(step)

    def step(self, step: Step) -> Iterator[str]:
        """Yield the lines of a step, a comment before them where it is a mistake."""
        tag = tag_of(step)
        if self._shared and not self._is_written and self._begins(_factors(step)):
            product = self._product(self._shared.factors)
            yield self._marked(f"{self._shared.name} = {product}", tag)
            self._is_written = True
        comment = step.words.comment_of(linear=self._linear)
        if comment and comment not in self._told:
            self._told.add(comment)
            yield f"{self._indent}# {comment}"
        result = self._names(step.result)
        if step.phase is Phase.UPDATE and isinstance(step.expression, Difference):
            yield from self._update(result, step.expression.parts[1], tag)
        else:
            yield from self._assignment(result, step.expression, tag)

    def value(self, step: Step) -> str:
        """Return what a step computes, without giving it a name."""
        return self._product(_factors(step))

    def _begins(self, factors: tuple[Expression, ...]) -> bool:
        shared = self._shared.factors if self._shared else ()
        return factors[: len(shared)] == shared

    def _marked(self, text: str, tag: str) -> str:
        return f"{self._indent}{text}  #: {tag}"

    def _fits(self, text: str) -> bool:
        return len(self._indent) + len(text) <= COLUMNS

    def _product(self, factors: Sequence[Expression]) -> str:
        """Return a product, what is shared by its name."""
        if self._is_written and self._shared:
            k = self._place(factors)
            if k is not None:
                rest = factors[k + len(self._shared.factors) :]
                words = [*map(self._code, factors[:k]), self._shared.name, *map(self._code, rest)]
                return " * ".join(words)
        return " * ".join(map(self._code, factors))

    def _place(self, factors: Sequence[Expression]) -> int | None:
        """Return where in a product stands what is shared: at its start, or behind α."""
        k = 1 if factors[0] == RATE else 0
        return k if self._begins(tuple(factors[k:])) else None

    def _code(self, factor: Expression) -> str:
        return _bracketed(factor, self._names)

    def _assignment(self, result: str, expression: Expression, tag: str) -> Iterator[str]:
        sign = ""
        if isinstance(expression, Negated):
            (expression,), sign = expression.parts, "-"
        if isinstance(expression, (Activated, Sum, Difference)):
            yield from self._formula(result, expression, tag)
            return
        factors = flat(expression)
        text = f"{result} = {sign}{self._product(factors)}"
        if isinstance(factors[0], Difference) and len(factors) > 1:
            yield self._marked(f"{result} = {code(factors[0], self._names)}", tag)
            yield self._marked(f"{result} = {result} * {self._product(factors[1:])}", tag)
        elif self._fits(text):
            yield self._marked(text, tag)
        elif sign:
            yield self._marked(f"gradient = {self._product(factors)}", tag)
            yield self._marked(f"{result} = -gradient", tag)
        else:
            yield from self._in_two_lines(result, factors, tag)

    def _in_two_lines(
        self, result: str, factors: tuple[Expression, ...], tag: str
    ) -> Iterator[str]:
        last = factors[-1]
        assert isinstance(last, Name)  # noqa: S101 - the others are in brackets, and short
        begun = self._product(factors[:-1])
        text = f"{result} = {begun} * {last.quantity}"
        if self._fits(text):
            # The last factor gets a name of its own.
            yield self._marked(f"{last.quantity} = {self._names(last)}", tag)
            yield self._marked(text, tag)
        else:
            yield self._marked(f"product = {begun}", tag)
            yield self._marked(f"{result} = product * {self._names(last)}", tag)

    def _formula(self, result: str, expression: Node, tag: str) -> Iterator[str]:
        text = f"{result} = {code(expression, self._names)}"
        if isinstance(expression, Sum) and not self._fits(text):
            # Each term gets a name of its own.
            terms = {f"term{k}": term for k, term in enumerate(expression.parts, start=1)}
            for name, term in terms.items():
                yield from self._assignment(name, term, tag)
            text = f"{result} = {' + '.join(terms)}"
        yield self._marked(text, tag)

    def _update(self, result: str, change: Expression, tag: str) -> Iterator[str]:
        """Yield w = w − α·g in a line where it fits, else step = α·g, w -= step."""
        product = self._product(flat(change))
        if self._fits(f"{result} = {result} - {product}"):
            yield self._marked(f"{result} = {result} - {product}", tag)
            return
        if self._fits(f"step = {product}"):
            yield self._marked(f"step = {product}", tag)
            yield self._marked(f"{result} -= step", tag)
            return
        *first, last = flat(change)
        if len(first) == 1:
            yield self._marked(f"gradient = {self._code(last)}", tag)
            yield self._marked(f"{result} -= {self._product(first)} * gradient", tag)
            return
        yield self._marked(f"step = {self._product(first)}", tag)
        yield self._marked(f"{result} -= step * {self._code(last)}", tag)
