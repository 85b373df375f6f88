"""The mistakes that are no algorithm: as formulas over the numbers at hand, by phase."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.expressions import linear
from engine.quantities import Name
from engine.steps import Phase, Step, Structure
from engine.teaching.rules.forward import forward
from engine.teaching.rules.gradient import gradient
from engine.teaching.rules.loss import loss, seed
from engine.teaching.rules.pass_on import pass_on
from engine.teaching.rules.rule import Chain, Rule
from engine.teaching.rules.update import update

__all__ = ["Rule", "rules_of"]


def rules_of(step: Step, structure: Structure, numbers: Mapping[Name, float]) -> Iterator[Rule]:
    """Yield the rules that can be mistaken for what a step does; `numbers` are those at hand."""
    for rule in _of(step, Chain(structure, numbers)):
        if rule.formula is not None and structure.linear:
            yield replace(rule, formula=linear(rule.formula))
        else:
            yield rule


def _of(step: Step, chain: Chain) -> Iterator[Rule]:
    match step.phase:
        case Phase.FORWARD:
            return forward(chain, step.layer)
        case Phase.LOSS:
            return loss(chain)
        case Phase.SEED:
            return seed(chain)
        case Phase.GRADIENT:
            return gradient(chain, step.result)
        case Phase.PASS_ON:
            return pass_on(step.layer)
        case Phase.UPDATE:
            return update(chain, step.result)
