"""The status line: the keys that matter now, and one line of truth about the run. No Qt."""

from dataclasses import dataclass
from functools import lru_cache

from engine import Run, Verdict, check_gradients
from gui.language import Say, sentence, speech
from gui.numbers import power, rounded
from gui.state import State

PLATEAU = 0.01
"""A run whose mean loss changed by less than this share in its last quarter is on a plateau."""


@dataclass(frozen=True, slots=True)
class StatusPicture:
    """`keys` and `truth` stand left and right; `notice` replaces the keys when there is one."""

    keys: str
    notice: str
    truth: str


def status_picture(state: State) -> StatusPicture:
    """Describe the status line of the present state."""
    say = speech(state.look.language)
    return StatusPicture(
        keys=_keys(say, state),
        notice=sentence(state.notice, state.look.language) if state.notice else "",
        truth=" · ".join((outcome(say, state.run, state.look.digits), _gradients(say, state))),
    )


def _keys(say: Say, state: State) -> str:
    if state.playing:
        return say("Space pause · ← → step · F1 all keys")
    return say("Space play · → step · ← step back · Shift+→ sample · Ctrl+→ epoch · F1 all keys")


def outcome(say: Say, run: Run, digits: int) -> str:
    """Return what became of the run in one sentence."""
    if run.diverged_at:
        return say("diverged at epoch {epoch}, sample {sample}").format(**run.diverged_at._asdict())
    if run.converged_at:
        return say("converged at epoch {epoch}").format(epoch=run.converged_at)
    if not run.updates:
        return say("not trained: 0 epochs")
    loss = mean_loss(run, run.experiment.epochs)
    earlier = mean_loss(run, max(1, run.experiment.epochs * 3 // 4))
    number = rounded(loss, digits)
    if run.experiment.epochs > 3 and abs(earlier - loss) <= PLATEAU * earlier:  # noqa: PLR2004
        return say("plateau: the loss hardly leaves {loss}").format(loss=number)
    return say("not converged: loss {loss} in the last epoch").format(loss=number)


def mean_loss(run: Run, epoch: int) -> float:
    """Return the mean loss of an epoch (from 1) over its samples, as they were met."""
    samples = len(run.experiment.samples)
    return sum(run.losses[(epoch - 1) * samples : epoch * samples]) / samples


@lru_cache(maxsize=2)
def _checked(run: Run, update: int) -> tuple[float | None, frozenset[Verdict]]:
    """Return the largest telling relative error of an update's gradients, and the verdicts."""
    weights = run.weights_before(update)
    rows = check_gradients(run.experiment, weights, run.sample(update))
    # What rounding alone explains says nothing; the largest of the others is the truth.
    telling = [row.relative_error for row in rows if row.verdict is not Verdict.UNRESOLVED]
    return max(telling, default=None), frozenset(row.verdict for row in rows)


def _gradients(say: Say, state: State) -> str:
    error, verdicts = _checked(state.run, state.moment.update)
    if Verdict.NOT_FINITE in verdicts:
        return say("gradients are not finite here")
    if error is None:
        return say("gradients match as far as rounding can tell")
    if verdicts & {Verdict.SUSPICIOUS, Verdict.WRONG}:
        return say("gradients differ from central differences by up to {error}").format(
            error=power(error)
        )
    return say("gradients match central differences to {error}").format(error=power(error))
