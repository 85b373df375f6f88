"""The experiment that begins at a place of the surface. No Qt."""

from dataclasses import replace

from engine import Experiment
from engine.parameters import split, values_by_name
from engine.quantities import Name


def started_at(
    experiment: Experiment,
    theta: tuple[float, ...],
    pair: tuple[Name | None, Name | None],
    place: tuple[float, float],
) -> Experiment:
    """Return an experiment whose training begins at a place of the surface.

    The two parameters on the axes have its coordinates, the others their values in `theta`.
    Raises `UserError` where one of them is not finite.
    """
    values = values_by_name(experiment.parameters, theta)
    values |= {name: value for name, value in zip(pair, place, strict=True) if name is not None}
    rows = split(experiment.parameters, tuple(values.values()))
    fields = (one.field for one in experiment.parameters)
    changes: dict[str, object] = dict(zip(fields, rows, strict=True))
    return replace(experiment, **changes)  # type: ignore[arg-type]
