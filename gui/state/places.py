"""Places in a run: the ends of stretches, and the place of one run in another. No Qt."""

from typing import NamedTuple

from engine import Experiment, Moment, Phase, Run, Step
from engine.steps import steps_of


def after(index: int, length: int) -> int:
    """Return the first end of a stretch of `length` steps that lies after `index`."""
    return (index // length + 1) * length


def before(index: int, length: int) -> int:
    """Return the last end of a stretch of `length` steps that lies before `index`."""
    return (-(-index // length) - 1) * length


class Stand(NamedTuple):
    """A place in a run, whether it is there already or not: epoch and sample from 1, the step."""

    epoch: int
    sample: int
    step: Step | None


def stand_at(experiment: Experiment, index: int) -> Stand:
    """Return the place at an index of the run of `experiment`."""
    steps = steps_of(experiment.structure)
    update, position = divmod(index - 1, len(steps))
    if index <= 0:
        return Stand(1, 1, None)
    epoch, sample = divmod(update, len(experiment.samples))
    return Stand(epoch + 1, sample + 1, steps[position])


def carried_over(moment: Moment | Stand, run: Run) -> int:
    """Return the index in `run` for the place of `moment` in another run, as far as it exists.

    Epoch and sample are kept where the new run has them, else the nearest; so is the step, by
    what it does and to which layer.
    """
    return placed(moment, run.experiment)


def placed(moment: Moment | Stand, experiment: Experiment) -> int:
    """Return the same for the run of `experiment`, whether it is there already or not."""
    if moment.step is None or not experiment.updates:
        return 0
    epoch = min(moment.epoch, experiment.epochs) - 1
    sample = min(moment.sample, len(experiment.samples)) - 1
    steps = steps_of(experiment.structure)
    position = _position(steps, moment.step, experiment.layers)
    return (epoch * len(experiment.samples) + sample) * len(steps) + position


def _position(steps: tuple[Step, ...], wanted: Step, layers: int) -> int:
    """Return the place of the step that does what `wanted` does, of the layer nearest to its own.

    Passing on may be missing, by the last layer on the way; and so may a parameter: then it is the
    gradient or the update of the layer's first parameter.
    """
    once = wanted.phase in (Phase.LOSS, Phase.SEED)
    layer = layers if once else min(wanted.layer, layers)
    own = [k for k, step in enumerate(steps, start=1) if step.layer == layer]
    alike = [k for k in own if steps[k - 1].phase is wanted.phase]
    for k in alike:
        if once or steps[k - 1].result.quantity is wanted.result.quantity:
            return k
    gradients = (k for k in own if steps[k - 1].phase is Phase.GRADIENT)
    return alike[0] if alike else next(gradients)
