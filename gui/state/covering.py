"""A moment with some of its numbers covered: what is seen while somebody is to find them. No Qt."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from types import MappingProxyType

from engine import Moment
from engine.moment import Computation
from engine.parameters import PARAMETERS
from engine.quantities import Name, Quantity, Term
from engine.steps import Structure, position_of
from gui.language.covering import COVERED

_LEARNED = frozenset(one.quantity for one in PARAMETERS)

_NOTHING: frozenset[Name] = frozenset()


def covered_moment(
    moment: Moment, structure: Structure, names: AbstractSet[Name], update: int | None
) -> Moment:
    """Return a moment in which the numbers `names` of one update (from 0) are covered.

    Of a parameter that is its value after this update, which is also the one that the next update
    begins with. Without an update they are those of whatever sample the moment is in.
    """
    results = names if update in (None, moment.update) else _NOTHING
    begun = _learned(names) if update == moment.update - 1 else _NOTHING
    if not results and not begun:
        return moment
    mask = _Mask(moment, structure, results, begun)
    before = mask.before()
    numbers = {name: mask.now(name, value) for name, value in moment.numbers.items()}
    theta, n = tuple(before), len(moment.weights)
    known = numbers.get
    return replace(
        moment,
        weights=tuple(map(numbers.__getitem__, theta[:n])),
        weights_before=tuple(before.values())[:n],
        biases=tuple(map(numbers.__getitem__, theta[n:])),
        biases_before=tuple(before.values())[n:],
        outputs=tuple(known(Name(Quantity.OUTPUT, i)) for i in range(n + 1)),
        loss=known(Name(Quantity.LOSS, n)),
        upstreams=tuple(known(Name(Quantity.UPSTREAM, i)) for i in range(1, n + 1)),
        gradients=tuple(known(Name(Quantity.GRADIENT, i)) for i in range(1, n + 1)),
        bias_gradients=tuple(
            known(Name(Quantity.BIAS_GRADIENT, i)) for i in range(1, len(theta) - n + 1)
        ),
        computation=mask.computation(),
        numbers=MappingProxyType(numbers),
        before=MappingProxyType(before),
    )


def _learned(names: AbstractSet[Name]) -> frozenset[Name]:
    return frozenset(name for name in names if name.quantity in _LEARNED)


class _Mask:
    """Covers numbers of a moment: `results` once they are computed, `begun` until then."""

    def __init__(
        self,
        moment: Moment,
        structure: Structure,
        results: AbstractSet[Name],
        begun: AbstractSet[Name],
    ) -> None:
        self._moment, self._structure = moment, structure
        self._results, self._begun = results, begun

    def before(self) -> dict[Name, float]:
        """Return the parameters before the update, as far as they may be seen."""
        pairs: Mapping[Name, float] = self._moment.before
        return {name: COVERED if name in self._begun else value for name, value in pairs.items()}

    def now(self, name: Name, value: float, position: int | None = None) -> float:
        """Return the value that a number has when so many steps of the update are done."""
        if name.quantity in _LEARNED:
            done = self._moment.position if position is None else position
            is_new = position_of(self._structure, name) <= done
            return COVERED if name in (self._results if is_new else self._begun) else value
        if name.quantity in (Quantity.DERIVATIVE, Quantity.WEIGHTED_INPUT):
            # They tell the output that they belong to.
            hidden = {name, Name(Quantity.OUTPUT, name.layer)}
            return value if self._results.isdisjoint(hidden) else COVERED
        return COVERED if name in self._results else value

    def computation(self) -> Computation | None:
        """Return what the latest step computed, its operands as they were before it."""
        found = self._moment.computation
        if found is None:
            return None
        before = self._moment.position - 1
        result = found.result._replace(value=self.now(found.result.name, found.result.value))
        operands = tuple(self._term(term, before) for term in found.operands)
        return found._replace(result=result, operands=operands)

    def _term(self, term: Term, position: int) -> Term:
        return term._replace(value=self.now(term.name, term.value, position))
