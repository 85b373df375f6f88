"""Places in a run, as lessons name them.

    "start"   "end"   "step 8"   "before pass_on 3"   "before loss @ epoch 2 sample 1"

A place is where the window stands. What is asked there is the result of the step that is named,
whether the window stands before it or after it. Steps are named by phase and layer: `forward 2`,
`loss`, `seed`, `gradient 3`, `pass_on 3`, `update 1`; of a chain with biases also `bias_gradient 3`
and `bias_update 3`.
"""

import re
from dataclasses import dataclass

from engine.experiment import Experiment
from engine.moment import length
from engine.quantities import Name, Quantity
from engine.run import Run
from engine.steps import Phase, Step, Structure, steps_of, steps_per_sample
from engine.user_error import UserError, shown
from engine.words import mark

_LAYERLESS = ("loss", "seed")
_QUANTITY = {
    "gradient": (Phase.GRADIENT, Quantity.GRADIENT),
    "bias_gradient": (Phase.GRADIENT, Quantity.BIAS_GRADIENT),
    "update": (Phase.UPDATE, Quantity.WEIGHT),
    "bias_update": (Phase.UPDATE, Quantity.BIAS),
}
STEPS = ("forward", *_LAYERLESS, "gradient", "bias_gradient", "pass_on", "update", "bias_update")
"""What a step is called in a lesson, before its layer."""

MOST_DIGITS = 9
"""Of a whole number in a lesson."""

_WHOLE = rf"\d{{1,{MOST_DIGITS}}}"
_STEP = re.compile(rf"(?P<word>[a-z_]+)(?:\s+(?P<layer>{_WHOLE}))?")
_WHERE = re.compile(rf"(?:epoch\s+)?(?P<epoch>{_WHOLE})(?:\s+sample\s+(?P<sample>{_WHOLE}))?")
_SAMPLE = re.compile(rf"sample\s+(?P<sample>{_WHOLE})")
_NUMBERED = re.compile(rf"step\s+(?P<step>{_WHOLE})")


@dataclass(frozen=True, slots=True)
class StepName:
    """A step as a lesson names it: `word` is one of `STEPS`, `layer` counts from 1.

    Loss and seed have no layer.
    """

    word: str
    layer: int | None = None

    def __str__(self) -> str:
        """Return it as it is written."""
        return self.word if self.layer is None else f"{self.word} {self.layer}"


@dataclass(frozen=True, slots=True)
class Visit:
    """One sample of one epoch, each from 1; None is that where one stands, at first 1."""

    epoch: int | None = None
    sample: int | None = None

    def __str__(self) -> str:
        """Return it as it is written; nothing for where one stands."""
        parts = (("epoch", self.epoch), ("sample", self.sample))
        return " ".join(f"{word} {number}" for word, number in parts if number is not None)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a run.

    Either `at` is "start" or "end"; or "step", after the first `number` steps; or "before" or
    "after", the step `step` of the update `visit`.
    """

    at: str = "start"
    step: StepName | None = None
    number: int = 0
    visit: Visit = Visit()

    def __str__(self) -> str:
        """Return it as it is written."""
        head = {"step": f"step {self.number}", "start": "start", "end": "end"}.get(
            self.at, f"{self.at} {self.step}"
        )
        return f"{head} @ {self.visit}" if str(self.visit) else head


START = Place()
FIRST = Visit()


def parse_visit(text: str) -> Visit:
    """Read `epoch 2 sample 1`, `epoch 2`, `sample 1` or a bare epoch. Raises `UserError`."""
    if found := _SAMPLE.fullmatch(text.strip()):
        return Visit(None, int(found["sample"]))
    if found := _WHERE.fullmatch(text.strip()):
        return Visit(int(found["epoch"]), int(found["sample"]) if found["sample"] else None)
    raise UserError(
        mark("{value} is no place: after @ stands an epoch, a sample or both: epoch 2 sample 1."),
        value=shown(text.strip()),
    )


def parse_step(text: str) -> StepName:
    """Read the name of a step, `pass_on 3`. Raises `UserError`."""
    found = _STEP.fullmatch(text.strip())
    word = found["word"] if found else None
    if found is None or word not in STEPS:
        raise UserError(
            mark("{value} is no step: there are {allowed}, each but loss and seed with a layer."),
            value=shown(text.strip()),
            allowed=STEPS,
        )
    if (word in _LAYERLESS) != (found["layer"] is None):
        raise UserError(
            mark(
                "{value} is no step: loss and seed have no layer, the others have one: forward 2."
            ),
            value=shown(text.strip()),
        )
    return StepName(found["word"], int(found["layer"]) if found["layer"] else None)


def parse_place(text: str) -> Place:
    """Read a place. Raises `UserError` that says what is allowed."""
    head, at, tail = text.partition("@")
    visit = parse_visit(tail) if at else Visit()
    head = " ".join(head.split())
    if found := _NUMBERED.fullmatch(head):
        if at:
            raise UserError(mark("step 8 counts from the start of the run: it takes no @."))
        return Place("step", number=int(found["step"]))
    word, _, step = head.partition(" ")
    if word in ("start", "end") and not step:
        return Place(word, visit=visit)
    if word in ("before", "after") and step:
        return Place(word, parse_step(step), visit=visit)
    raise UserError(
        mark(
            "{value} is no place: a place is start, end, step 8, or before or after a step, such"
            " as before pass_on 3."
        ),
        value=shown(text.strip()),
    )


def step_position(structure: Structure, name: StepName) -> int:
    """Return the position of a step in its sample, from 1. Raises `UserError` if it has no such."""
    for position, step in enumerate(steps_of(structure), start=1):
        if _is(step, name):
            return position
    if name.layer is not None and not 1 <= name.layer <= structure.layers:
        refuse_layer(name.layer, structure.layers)
    raise UserError(
        mark("this chain has no step {value}; it has {allowed}."),
        value=str(name),
        allowed=tuple(str(step_name(step)) for step in steps_of(structure)),
    )


def _is(step: Step, name: StepName) -> bool:
    return step_name(step) == name


def step_name(step: Step) -> StepName:
    """Return what a step is called in a lesson."""
    for word, (phase, quantity) in _QUANTITY.items():
        if step.phase is phase and step.result.quantity is quantity:
            return StepName(word, step.layer)
    word = step.phase.value
    return StepName(word, None if word in _LAYERLESS else step.layer)


def refuse_layer(layer: int, layers: int) -> None:
    """Raise `UserError`: a chain of `layers` layers has no layer `layer`."""
    raise UserError(
        mark("layer {layer} does not exist; this chain has {layers}."), layer=layer, layers=layers
    )


def update_of(visit: Visit, experiment: Experiment, standing: int = 0) -> int:
    """Return the update (from 0) of a visit; what it leaves open is as in update `standing`.

    Raises `UserError` for an epoch or a sample that the experiment does not have.
    """
    samples, epochs = len(experiment.samples), experiment.epochs
    epoch, sample = divmod(standing, samples)
    epoch = epoch + 1 if visit.epoch is None else visit.epoch
    sample = sample + 1 if visit.sample is None else visit.sample
    if not 1 <= sample <= samples:
        raise UserError(
            mark("sample {value} does not exist; the experiment has {most}."),
            value=sample,
            most=samples,
        )
    if not 1 <= epoch <= epochs:
        raise UserError(
            mark("epoch {value} does not exist; the run has {most}."), value=epoch, most=epochs
        )
    return (epoch - 1) * samples + sample - 1


def index_of(place: Place, run: Run) -> int:
    """Return the index of the moment at which the window stands. Raises `UserError`."""
    return index_in(place, run.experiment)


def asked_index(place: Place, run: Run) -> int:
    """Return the index of the moment right after the step that is named. Raises `UserError`."""
    return index_in(place, run.experiment, asked=True)


def index_in(place: Place, experiment: Experiment, *, asked: bool = False) -> int:
    """Return the index of a place in the run of an experiment, which need not be trained.

    With `asked` it is the moment right after the step that is named. Raises `UserError`.
    """
    structure, size = experiment.structure, steps_per_sample(experiment.structure)
    here = place.visit != Visit()
    if place.at == "step":
        last = experiment.updates * size
        if place.number > last:
            raise UserError(
                mark("step {value} does not exist; the run has {most}."),
                value=place.number,
                most=last,
            )
        return place.number
    if place.at == "end":
        update = update_of(place.visit, experiment) if here else experiment.updates - 1
        return (update + 1) * size
    if place.step is None:
        return update_of(place.visit, experiment) * size if here else 0
    position = step_position(structure, place.step)
    done = position if asked or place.at == "after" else position - 1
    return update_of(place.visit, experiment) * size + done


def position_at(structure: Structure, index: int) -> int:
    """Return how many steps of its sample are done at a moment, as `moment_at` counts them."""
    return (index - 1) % steps_per_sample(structure) + 1 if index else 0


def update_at(run: Run, index: int) -> int:
    """Return the update (from 0) to which a moment belongs, as `moment_at` sees it."""
    return max(index - 1, 0) // steps_per_sample(run.experiment.structure)


def end_of_sample(run: Run, index: int) -> int:
    """Return the index at which all steps of a moment's sample are done."""
    size = steps_per_sample(run.experiment.structure)
    return min((update_at(run, index) + 1) * size, length(run))


def computed_at(structure: Structure, name: Name) -> Step | None:
    """Return the step that computes a number; None for one that is given."""
    return next((step for step in steps_of(structure) if step.result == name), None)
