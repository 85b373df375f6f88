"""The lines of the training loop, shuffled, with two lines too many."""

from random import Random

from engine.steps import Structure
from engine.teaching.sheets.exercise import Order

_START = (
    ("for x, target in samples:", 0),
    ("a = [x]", 1),
    ("for w in weights:", 1),
)
_LINEAR = (
    ("a.append(w * a[-1])", 2),
    ("p = a[-1] - target", 1),
    ("for i in reversed(range(n)):", 1),
    ("gradient[i] = p * a[i]", 2),
    ("p = p * weights[i]", 2),
)
_CURVED = (
    ("a.append(f(w * a[-1]))", 2),
    ("p = a[-1] - target", 1),
    ("for i in reversed(range(n)):", 1),
    ("p = p * slope(a[i + 1])", 2),
    ("gradient[i] = p * a[i]", 2),
    ("p = p * weights[i]", 2),
)
_END = (
    ("for i in range(n):", 1),
    ("weights[i] -= alpha * gradient[i]", 2),
)
_TOO_MANY = (
    ("weights[i] -= alpha * p * a[i]", 2),
    ("weights[i] += alpha * gradient[i]", 2),
)
"""A weight updated on the way back, before it was used there; and the wrong sign."""


def lines_of(structure: Structure) -> tuple[tuple[str, int], ...]:
    """Return the lines of the loop in their only order, each with its indentation."""
    return (*_START, *(_LINEAR if structure.linear else _CURVED), *_END)


def order_of(seed: int, structure: Structure) -> Order:
    """Return the lines as `seed` shuffles them; never in their order."""
    right = [(*line, place) for place, line in enumerate(lines_of(structure), 1)]
    lines = [*right, *((*line, 0) for line in _TOO_MANY)]
    draw = Random(f"order {seed}").random  # noqa: S311 - no secret
    while True:
        # `shuffle` may change between Pythons, `random` may not.
        drawn = [line for _, line in sorted((draw(), line) for line in lines)]
        if drawn[: len(right)] != right:
            return Order(tuple(drawn))
