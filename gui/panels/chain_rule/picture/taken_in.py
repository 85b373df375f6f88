"""At which of its steps an algorithm multiplies by the factors of the true gradients. No Qt."""

from collections.abc import Mapping
from functools import lru_cache

from engine.algorithms import CORRECT
from engine.expressions import names_in
from engine.quantities import Name, Quantity
from engine.steps import Phase, Structure, is_public, steps_of

_MULTIPLIES = (Phase.GRADIENT, Phase.PASS_ON)


@lru_cache(maxsize=16)
def taken_in(structure: Structure) -> Mapping[Name, tuple[Name, ...]]:
    """Return the results of the steps that multiply by each factor, the first one first.

    They are the steps that do it in backpropagation, too. A factor is missing where the algorithm
    leaves it out, or multiplies by another value: that of a weight which is already new. Where the
    backward pass does not begin with ∂L/∂e, nothing that follows is part of a true gradient.
    """
    steps, n = steps_of(structure), structure.layers
    seed = next(step.result for step in steps if step.phase is Phase.SEED)
    found: dict[Name, tuple[Name, ...]] = {Name(Quantity.UPSTREAM, n): (seed,)}
    if not is_public(structure, n):
        return found
    right = _multiplied(structure._replace(algorithm=CORRECT))
    for result, names in _multiplied(structure).items():
        for name in right.get(result, frozenset()) & names:
            found[name] = (*found.get(name, ()), result)
    return found


def _multiplied(structure: Structure) -> dict[Name, frozenset[Name]]:
    """Return what stands in the product for each gradient, and for each number passed on.

    The public derivative that arrives is not among it, and no parameter after its update.
    """
    found: dict[Name, frozenset[Name]] = {}
    updated: set[Name] = set()
    for step in steps_of(structure):
        if step.phase is Phase.UPDATE:
            updated.add(step.result)
        elif step.phase in _MULTIPLIES:
            names = {n for n in names_in(step.expression) if n.quantity is not Quantity.UPSTREAM}
            found[step.result] = frozenset(names - updated)
    return found
