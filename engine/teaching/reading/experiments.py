"""The experiments of a lesson file: tables whose fields are those of an experiment."""

from dataclasses import fields, replace
from typing import Any

from engine.experiment import Experiment, Sample
from engine.files.experiment_file import sample_at
from engine.presets import OPENING, PRESETS, preset_named
from engine.teaching.reading.fields import listed, one_of, table
from engine.user_error import UserError, shown
from engine.words import mark

FIELDS = tuple(field.name for field in fields(Experiment))
MOST_LAYERS = MOST_SAMPLES = 64
MOST_EPOCHS = 5_000
MOST_WORK = 500_000
"""In visits of a layer by a sample: a third of a second for the slowest activation."""

MOST_WORK_IN_ALL = 5_000_000
"""Of all experiments of a lesson together: a few seconds for who checks it."""

PRESET_NAMES = tuple(preset.name for preset in PRESETS)


def experiment(content: object) -> Experiment:
    """Read an experiment; what is left out is as in the opening one, or in that of its `preset`.

    Raises `UserError`.
    """
    given = dict(table(content))
    base = OPENING
    if "preset" in given:
        base = preset_named(one_of(*PRESET_NAMES)(given.pop("preset"))).experiment
    if "weights" in given and "biases" not in given and base.biases:
        given["biases"] = ()
    return changed(base, given)


def changed(base: Experiment, content: object) -> Experiment:
    """Return an experiment with other values of some fields. Raises `UserError`."""
    given = table(content)
    for name in given:
        if name not in FIELDS:
            raise UserError(
                mark("an experiment has no field {value}; there are {allowed}."),
                value=shown(name),
                allowed=FIELDS,
            )
    for name, most in (("weights", MOST_LAYERS), ("samples", MOST_SAMPLES)):
        if name in given:
            listed(given[name], most)
    if "samples" in given:
        given = {**given, "samples": [_sample(i, one) for i, one in enumerate(given["samples"])]}
    found = replace(base, **given)
    if found.epochs > MOST_EPOCHS:
        raise UserError(
            mark("an experiment of a lesson has at most {most} epochs, not {value}."),
            most=MOST_EPOCHS,
            value=found.epochs,
        )
    if work_of(found) > MOST_WORK:
        raise UserError(
            mark(
                "layers × samples × epochs are {value} here: at most {most}, or the lesson would"
                " not open at once."
            ),
            value=work_of(found),
            most=MOST_WORK,
        )
    return found


def work_of(experiment: Experiment) -> int:
    """Return how long a training takes, in visits of a layer."""
    return experiment.layers * experiment.updates


def _sample(index: int, content: Any) -> Sample:  # noqa: ANN401 - TOML may be anything
    if not isinstance(content, dict) or content.keys() != {"x", "target"}:
        raise UserError(
            mark("sample {number} must be an x and a target, not {value}."),
            number=index + 1,
            value=shown(content),
        )
    return sample_at(index, content["x"], content["target"])
