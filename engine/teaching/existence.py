"""Whether what a lesson asks for exists, told without any training."""

from dataclasses import replace

from engine.chain_rule.multiplications import MOST_LAYERS
from engine.experiment import Experiment
from engine.quantities import Name, Quantity
from engine.steps import steps_per_sample
from engine.teaching.places import (
    Place,
    Visit,
    computed_at,
    index_in,
    position_at,
    refuse_layer,
    step_name,
    step_position,
    update_of,
)
from engine.teaching.terms import LAYERED, OF_THE_CHAIN, Condition, Term, Value
from engine.user_error import UserError
from engine.words import mark


def name_of_term(term: Term, layers: int) -> Name | None:
    """Return the engine's name of the number that a term is, in a chain of so many layers.

    None for what has no name there: values of the run, and losses with a weight moved.
    """
    if term.word in LAYERED and term.layer is not None:
        return Name(LAYERED[term.word], term.layer)
    if term.word in OF_THE_CHAIN and not term.argument:
        quantity = OF_THE_CHAIN[term.word]
        return Name(quantity, 0 if quantity is Quantity.LEARNING_RATE else layers)
    return None


def is_name(term: Term) -> bool:
    """Return whether a term is a name, as that of an algorithm, and no number."""
    return term.word in ("name", "algorithm", "activation")


def done_by(term: Term, experiment: Experiment) -> Experiment:
    """Return the experiment with the algorithm that a term asks for."""
    return experiment if term.by is None else replace(experiment, algorithm=term.by)


def taken_at(term: Term, experiment: Experiment, index: int) -> int:
    """Return the index at which a term is taken by who stands at `index`. Raises `UserError`."""
    size = steps_per_sample(experiment.structure)
    update = max(index - 1, 0) // size
    if isinstance(term.place, Visit):
        return (update_of(term.place, experiment, update) + 1) * size
    if isinstance(term.place, Place):
        return index_in(term.place, experiment)
    return index if term.by is None else (update + 1) * size


def all_must_exist(asked: Value | Condition, experiment: Experiment, index: int) -> None:
    """Raise `UserError` unless all that a value or a condition names exists at a moment."""
    sides = (asked,) if isinstance(asked, Value) else (asked.left, asked.right)
    for side in sides:
        for term in side.operands:
            if isinstance(term, Term):
                its = done_by(term, experiment)
                must_exist(term, its, taken_at(term, its, index))


def must_exist(term: Term, experiment: Experiment, index: int) -> None:
    """Raise `UserError` unless a term exists for an experiment at a moment of its run."""
    structure, layer = experiment.structure, term.layer
    least = 0 if term.word == "output" else 1
    if layer is not None and not least <= layer <= structure.layers:
        refuse_layer(layer, structure.layers)
    about = term.argument or term.word
    if about in ("bias", "bias_gradient") and not experiment.biases:
        raise UserError(mark("{value} does not exist: this chain has no biases."), value=about)
    if term.word == "mean_loss":
        epoch = experiment.epochs if term.number is None else int(term.number)
        update_of(Visit(epoch, 1), experiment)
    if term.word == "multiplications" and term.number is not None:
        most = MOST_LAYERS
        if not 1 <= term.number <= most:
            raise UserError(
                mark("multiplications are counted for 1 to {most} layers, not for {value}."),
                most=most,
                value=int(term.number),
            )
    name = name_of_term(term, structure.layers)
    if name is not None:
        _must_be_computed(term, name, experiment, index)


def _must_be_computed(term: Term, name: Name, experiment: Experiment, index: int) -> None:
    structure = experiment.structure
    if name.quantity is Quantity.DERIVATIVE:
        name = Name(Quantity.OUTPUT, name.layer)
    given = name.quantity in _GIVEN or name == Name(Quantity.OUTPUT, 0)
    step = computed_at(structure, name)
    if given:
        return
    value = term.word if term.layer is None else f"{term.word} {term.layer}"
    if step is None:
        raise UserError(mark("this algorithm does not compute {value}."), value=value)
    named = step_name(step)
    if step_position(structure, named) > position_at(structure, index):
        raise UserError(
            mark("{value} is not computed yet at this place; that is done by the step {step}."),
            value=value,
            step=str(named),
        )


_GIVEN = (Quantity.WEIGHT, Quantity.BIAS, Quantity.TARGET, Quantity.LEARNING_RATE)
"""What is known from the start."""
