"""Where in a run a parameter changes its sign."""

from itertools import chain

from engine.history import rows
from engine.parameters import split
from engine.quantities import Name
from engine.run import Run


def sign_change(run: Run, name: Name) -> int | None:
    """Return the first update (from 0) after which a parameter has the opposite sign, if any.

    0 and NaN have no sign: from 0.1 over 0 to −0.1 is a change, from 0 to 0.1 is none. Of a run
    that is not `whole`, a sign that changes and comes back between two checkpoints is not seen.
    """
    place = _place(run, name)
    column = run.checkpoints[place :: len(run.experiment.theta)]
    known = 0
    for kept, value in enumerate(chain(column, (run.final_theta[place],))):
        sign = (value > 0) - (value < 0)
        if sign and known and sign != known:
            return _within(run, kept - 1, place, sign)
        known = sign or known
    return None


def _place(run: Run, name: Name) -> int:
    """Return where a parameter stands in θ."""
    experiment = run.experiment
    rows_of = zip(
        experiment.parameters,
        split(experiment.parameters, range(len(experiment.theta))),
        strict=True,
    )
    places = next(row for one, row in rows_of if one.quantity is name.quantity)
    return int(places[name.layer - 1])


def _within(run: Run, kept: int, place: int, sign: int) -> int:
    """Return the update between a checkpoint and the next after which the sign is this one."""
    first, end = kept * run.stride, min((kept + 1) * run.stride, run.updates)
    for row in rows(run, first + 1, end):
        if row.theta[place] * sign > 0:
            return row.update - 2
    return end - 1
