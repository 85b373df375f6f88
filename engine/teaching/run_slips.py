"""The slips at questions that no single step answers: about the run, a moved weight, a difference.

>>> from engine import Experiment, Sample
>>> from engine.teaching.lesson import Number
>>> from engine.teaching.parsing import parse_value
>>> hand = Experiment(weights=(-2, -1.5, -0.5), samples=(Sample(2, 1),), learning_rate=0.1)
>>> asked = Number(experiment=hand, ask=parse_value("checked 3"))
>>> [(slip.name, slip.value) for slip in run_slips(asked)][:3]
[('plus_for_minus', 26.0), ('not_halved', -48.0), ('one_sided', -6.0)]
"""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from engine.teaching.lesson import Number
from engine.teaching.slips import Slip
from engine.teaching.standing import Standing
from engine.teaching.terms import WAYS, Term, Value
from engine.teaching.values import moved_loss, value_at
from engine.words import mark


def run_slips(step: Number) -> tuple[Slip, ...]:
    """Return the slips at a question, as far as they are about more than one step.

    Raises `UserError` where the value that is asked does not exist.
    """
    if step.ask.operator:
        return tuple(slip for slip in _of_parts(step.ask, step.asked) if math.isfinite(slip.value))
    term = step.ask.term
    find = _OF_WORD.get(term.word) if term is not None else None
    if term is None or find is None or term.by is not None:
        return ()
    return tuple(slip for slip in find(term, step.asked) if math.isfinite(slip.value))


def _of_parts(asked: Value, here: Standing) -> Iterator[Slip]:
    """Yield what takes one of two values alone, or divides the other way round."""
    part = mark("That is one part of what is asked. The other one is missing.")
    numbers = [value_at(Value(one), here) for one in asked.operands]
    for one, number in zip(asked.operands, numbers, strict=True):
        if isinstance(one, Term):
            yield Slip("part_alone", number, part, mark("takes one part alone"))
    if asked.operator == "/" and numbers[0]:
        turned = mark("Divide the other way round.")
        other = numbers[1] / numbers[0]
        yield Slip("divided_the_other_way", other, turned, mark("divides the other way round"))


def _of_updates(_term: Term, here: Standing) -> Iterator[Slip]:
    """Yield what takes epochs or samples for updates."""
    each = mark("Every sample of every epoch makes an update: epochs times samples.")
    epochs, samples = here.run.experiment.epochs, len(here.run.experiment.samples)
    yield Slip("epochs_for_updates", epochs, each, mark("takes epochs for updates"))
    yield Slip("samples_for_updates", samples, each, mark("takes samples for updates"))


def _of_epochs(term: Term, here: Standing) -> Iterator[Slip]:
    """Yield what takes updates or samples for epochs."""
    epochs = value_at(Value(term), here)
    samples = len(here.run.experiment.samples)
    each = mark("In an epoch each sample makes one update.")
    yield Slip("updates_for_epochs", epochs * samples, each, mark("takes updates for epochs"))
    yield Slip("samples_for_epochs", samples, each, mark("takes samples for epochs"))


def _of_mean_loss(term: Term, here: Standing) -> Iterator[Slip]:
    """Yield what does not divide the losses by their number."""
    samples = len(here.run.experiment.samples)
    divide = mark("That is the sum of the losses. Divide it by the number of samples.")
    total = value_at(Value(term), here) * samples
    yield Slip("sum_for_mean", total, divide, mark("takes the sum for the mean"))


def _of_edge(term: Term, here: Standing) -> Iterator[Slip]:
    """Yield what is taken for 2/α, or that for the curvature."""
    rate = here.run.experiment.learning_rate
    if term.word == "edge":
        divide = mark("The limit of the curvature is 2 divided by the learning rate.")
        yield Slip("rate_for_edge", rate, divide, mark("takes the learning rate for the limit"))
        yield Slip("one_for_two", 1 / rate, divide, mark("divides 1, not 2"))
    else:
        limit = mark("That is 2/α, the limit. How L bends here is another number.")
        yield Slip("edge_for_curvature", 2 / rate, limit, mark("takes the limit for the curvature"))


def _of_multiplications(term: Term, here: Standing) -> Iterator[Slip]:
    """Yield what counts the multiplications of another way."""
    other = mark("That is what another way takes. Count what this one multiplies.")
    for way in WAYS:
        if way != term.argument:
            counted = value_at(Value(replace(term, argument=way)), here)
            yield Slip("other_way_counted", counted, other, mark("counts another way"))


def _of_steps(_term: Term, here: Standing) -> Iterator[Slip]:
    """Yield what counts the steps of a sample in part only."""
    n = here.run.experiment.layers
    each = mark("Every layer has a step forward, a gradient, an update, and all but one pass on.")
    yield Slip("layers_for_steps", n, each, mark("takes layers for steps"))


def _of_moved_loss(term: Term, here: Standing) -> Iterator[Slip]:
    """Yield mistakes about the loss with one parameter moved."""
    if term.number is None:
        return
    there = moved_loss(term, here)
    yield Slip(
        "other_side",
        moved_loss(replace(term, number=-term.number), here),
        mark("That is L with the weight moved the other way."),
        mark("moves the weight the other way"),
    )
    yield Slip(
        "unchanged",
        moved_loss(replace(term, number=0.0), here),
        mark("That is L as it is now. Put the moved weight in its place."),
        mark("leaves the weight as it is"),
    )
    half = mark("The loss is half of that: ½ times the square.")
    yield Slip("forgot_half", 2 * there, half, mark("forgets the ½"))
    square = mark("The difference from the target is squared.")
    half_away = math.sqrt(2 * there) / 2
    for wrong in (half_away, -half_away):
        yield Slip("forgot_square", wrong, square, mark("forgets the square"))


def _of_difference(term: Term, here: Standing) -> Iterator[Slip]:
    """Yield mistakes about a difference quotient, taken by hand: 1 to each side."""
    moved = Term("loss", layer=term.layer, number=1.0, argument="weight")
    left, here_now, right = (moved_loss(replace(moved, number=by), here) for by in (-1.0, 0.0, 1.0))
    yield Slip(
        "plus_for_minus",
        (right + left) / 2,
        mark("How much L grew is a difference: right minus left."),
        mark("adds the two losses"),
    )
    yield Slip(
        "not_halved",
        right - left,
        mark("That is for both steps together. Divide by 2."),
        mark("does not divide by both steps"),
    )
    middle = mark("That looks to one side only. Take right minus left, and divide by 2.")
    for one_sided in (right - here_now, here_now - left):
        yield Slip("one_sided", one_sided, middle, mark("looks to one side only"))


_OF_WORD: Mapping[str, Callable[[Term, Standing], Iterator[Slip]]] = MappingProxyType(
    {
        "updates": _of_updates,
        "epochs": _of_epochs,
        "converged_at": _of_epochs,
        "diverged_at": _of_epochs,
        "mean_loss": _of_mean_loss,
        "edge": _of_edge,
        "curvature": _of_edge,
        "multiplications": _of_multiplications,
        "steps": _of_steps,
        "loss": _of_moved_loss,
        "checked": _of_difference,
    }
)
