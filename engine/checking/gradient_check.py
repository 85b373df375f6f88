"""The gradient check: an algorithm's gradients against central differences.

The central difference (L(w + ε) − L(w − ε)) / 2ε does not use the chain rule; it only runs the
chain forward twice. Bands of the relative error after the notes of Stanford's course CS231n.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from engine.chain import Learner
from engine.checking import EPSILON
from engine.checking.around import Around
from engine.experiment import Experiment, Sample
from engine.notebook import Shown
from engine.parameters import name_of, named_parameter, parameter_of, split
from engine.quantities import Name
from engine.user_error import Location, UserError, finite, shown
from engine.words import mark

Progress = Callable[[float], None] | None
"""Called now and then with the share that is done, from 0 to 1."""


class Verdict(StrEnum):
    """What the comparison says of one gradient.

    The last five are no verdict on the gradient, because a right gradient could differ as much:
    `UNRESOLVED` by rounding, in the central difference and in backpropagation; `UNDERFLOW` because
    numbers are too small for a float; `TRUNCATED` because the loss curves between w − ε and w + ε;
    `AT_KINK` because a ReLU opens or closes in between. `Around.bound` computes these limits.
    """

    RIGHT = "right"
    KINKS = "acceptable only near kinks"
    SUSPICIOUS = "suspicious"
    WRONG = "wrong"
    UNRESOLVED = "within rounding"
    UNDERFLOW = "underflow"
    TRUNCATED = "within truncation"
    AT_KINK = "at a kink"
    NOT_FINITE = "not finite"


ALARMS = frozenset({Verdict.SUSPICIOUS, Verdict.WRONG})
"""The verdicts against a gradient."""

NO_VERDICT = frozenset(
    {
        Verdict.UNRESOLVED,
        Verdict.UNDERFLOW,
        Verdict.TRUNCATED,
        Verdict.AT_KINK,
        Verdict.NOT_FINITE,
    }
)
"""The verdicts that say nothing of a gradient."""

_BANDS = ((1e-7, Verdict.RIGHT), (1e-4, Verdict.KINKS), (1e-2, Verdict.SUSPICIOUS))


@dataclass(frozen=True, slots=True)
class GradientCheck:
    """One gradient against its central difference.

    `layer` counts from 1, `parameter` is the short name of what was moved: w1.
    """

    layer: int
    gradient: float
    numeric: float
    absolute_error: float
    relative_error: float
    verdict: Verdict
    parameter: str

    @property
    def name(self) -> Name:
        """The name of what was moved, as a computation has it."""
        return named_parameter(self.parameter)


class Checks(tuple[GradientCheck, ...], Shown):
    """Checked gradients, layer 1 first; in a notebook they are a table."""

    __slots__ = ()


def gradients(experiment: Experiment, theta: Sequence[float], sample: Sample) -> tuple[float, ...]:
    """Return the gradients of θ as the experiment's algorithm computes them, right or wrong."""
    learner = experiment.learner(theta)
    learner.learn(sample.x, sample.target)
    return learner.theta_gradients


def central_difference(
    experiment: Experiment, theta: Sequence[float], sample: Sample, name: Name, epsilon: float
) -> float:
    """Return (L(w + ε) − L(w − ε)) / 2ε for one parameter w, the others as they are."""
    return Around(experiment, theta, sample).difference(name, epsilon)


def check_gradients(
    experiment: Experiment,
    weights: Sequence[float],
    sample: Sample,
    epsilon: float = EPSILON,
    progress: Progress = None,
) -> Checks:
    """Compare each gradient at `weights` with its central difference, layer 1 first.

    `weights` may be all parameters, θ; else the others are the initial ones. `progress` is
    called after each layer with the share that is done. Raises `UserError` for an ε that is not a
    finite number above 0.
    """
    theta = experiment.theta_with(weights)
    analytic = gradients(experiment, theta, sample)
    return compare(experiment, theta, sample, analytic, epsilon, progress)


def compare(
    experiment: Experiment,
    theta: Sequence[float],
    sample: Sample,
    analytic: Sequence[float],
    epsilon: float = EPSILON,
    progress: Progress = None,
) -> Checks:
    """Compare any gradients of θ, in its order, with the central differences at `theta`.

    The article compares the gradients from before an update with differences after it.
    """
    epsilon = checked_epsilon(epsilon)
    around, n = Around(experiment, theta, sample), experiment.layers
    parameters, rows = experiment.parameters, []
    of_layers = zip(*split(parameters, analytic), strict=True)
    for layer, found in enumerate(of_layers, start=1):
        for one, gradient in zip(parameters, found, strict=True):
            rows.append(_row(around, one.of(layer), gradient, epsilon))
        if progress is not None:
            # Each layer runs the chain from there on.
            progress(layer * (2 * n - layer) / (n * n))
    return Checks(rows)


def checked_epsilon(value: object) -> float:
    """Return `value` as an ε; raise `UserError` where it is not a finite number above 0."""
    epsilon = finite(value, Location("epsilon"))
    if epsilon <= 0:
        raise UserError(
            mark("{location} must be greater than 0, not {value}."),
            Location("epsilon"),
            value=shown(value),
        )
    return epsilon


def check_after_update(
    experiment: Experiment,
    theta: Sequence[float],
    sample: Sample,
    epsilon: float = EPSILON,
) -> tuple[GradientCheck, ...]:
    """Compare as the article does: the gradients at `theta` with differences after the update.

    It is no check of the gradients: even right ones differ, by as much as the update moved them.
    """
    return _after(experiment.learner(theta), experiment, sample, epsilon)


def after_update(
    experiment: Experiment,
    epsilon: float,
    learner: Learner | None = None,
    progress: Progress = None,
) -> Iterator[tuple[int, tuple[GradientCheck, ...]]]:
    """Yield what the article prints: gradients from before an update, differences after it.

    One epoch: each sample's number (from 1) and its rows. It goes on from `learner`, which learns
    by it, or begins with the initial ones; the weights change from one sample to the next.
    `progress` is called with the share of the epoch that is done.
    """
    learner = experiment.learner() if learner is None else learner
    for i, sample in enumerate(experiment.samples, start=1):
        tell = part(progress, i - 1, len(experiment.samples))
        yield i, _after(learner, experiment, sample, epsilon, tell)


def part(progress: Progress, done: int, of: int) -> Progress:
    """Return a progress function for part `done` (from 0) of `of` equal parts of the work."""
    return None if progress is None else lambda share: progress((done + share) / of)


def _after(
    learner: Learner,
    experiment: Experiment,
    sample: Sample,
    epsilon: float,
    progress: Progress = None,
) -> tuple[GradientCheck, ...]:
    learner.learn(sample.x, sample.target)
    found = learner.theta_gradients
    return compare(experiment, learner.theta, sample, found, epsilon, progress)


def relative_error(a: float, b: float) -> float:
    """Return |a − b| / max(|a|, |b|); 0 where both are zero."""
    largest = max(abs(a), abs(b))
    if largest == 0.0:
        return 0.0
    apart = abs(a - b)
    return apart / largest if apart < math.inf else abs(a / largest - b / largest)


def _row(around: Around, name: Name, gradient: float, epsilon: float) -> GradientCheck:
    numeric = around.difference(name, epsilon)
    error = relative_error(gradient, numeric)
    return GradientCheck(
        layer=name.layer,
        gradient=gradient,
        numeric=numeric,
        absolute_error=abs(gradient - numeric),
        relative_error=error,
        verdict=_verdict(around, name, gradient, numeric, error, epsilon),
        parameter=name_of(parameter_of(name.quantity), name.layer),
    )


def _verdict(
    around: Around, name: Name, gradient: float, numeric: float, error: float, epsilon: float
) -> Verdict:
    """Return what the two numbers say, and nothing that a right gradient would disprove."""
    if not math.isfinite(error):
        return Verdict.NOT_FINITE
    band = next((band for bound, band in _BANDS if error <= bound), Verdict.WRONG)
    if gradient == numeric == 0.0 and around.zero_factor(name) is None:
        return Verdict.UNDERFLOW if around.underflows(name) else Verdict.UNRESOLVED
    if band is Verdict.RIGHT:
        return band
    apart = abs(gradient - numeric)
    return _excused(around, name, apart, epsilon, alarm=band in ALARMS) or band


def _excused(
    around: Around, name: Name, apart: float, epsilon: float, *, alarm: bool
) -> Verdict | None:
    """Return why a right gradient could lie so far from its difference; None if it could not."""
    if apart <= around.rounding(name, epsilon):
        return Verdict.UNRESOLVED
    off, bending = around.bound(name, epsilon)
    # A bound may be NaN: then there is none, and no verdict.
    if not apart > off.rounding:
        return Verdict.UNRESOLVED
    if not apart > off.both:
        return Verdict.UNDERFLOW
    if alarm and around.has_kink(name, epsilon):
        return Verdict.AT_KINK
    return Verdict.TRUNCATED if alarm and not apart > off.both + bending else None
