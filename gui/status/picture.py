"""The status line: the keys that matter now, and one line of truth about the run. No Qt."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine import Run, Verdict
from engine.checking.conclusion import OverallVerdict, Reason
from engine.diagnosis import diagnose
from engine.training.advance import CONVERGED
from engine.words import mark
from gui.language import Say, sentence, speech
from gui.language.durations import time_words
from gui.language.numbers import given, relative
from gui.panels.diagnosis.picture.findings import short
from gui.panels.gradient_check.picture import Subject, checks, found, subject_of
from gui.state import State
from gui.words.glossary import all_explained
from gui.words.key_names import on_this_system
from gui.words.meanings import Meaning


@dataclass(frozen=True, slots=True)
class StatusPicture:
    """`keys` and `truth` stand left and right; `notice` replaces the keys when there is one.

    `hint` says what the truth is about.
    """

    keys: str
    notice: str
    truth: str
    hint: str


def status_picture(state: State) -> StatusPicture:
    """Describe the status line of the present state."""
    say = speech(state.look.locale)
    return StatusPicture(
        keys=on_this_system(_keys(say, state), say),
        notice=sentence(state.notice, state.look.locale) if state.notice else "",
        truth=" · ".join((*_score(say, state), *_verdict(say, state), _gradients(say, state))),
        hint=_hint(say, state),
    )


def _hint(say: Say, state: State) -> str:
    terms = [] if state.curtained else [(say("Outcome"), Meaning.OUTCOME)]
    return all_explained((*terms, (say("Gradients"), Meaning.GRADIENTS)), say)


def _score(say: Say, state: State) -> Iterator[str]:
    """Yield how a practice goes."""
    if state.practice is not None:
        from gui.practice.picture import score_words  # noqa: PLC0415 - for who practises

        yield score_words(state.practice, say)


def _keys(say: Say, state: State) -> str:
    if state.question is not None:
        return say("Enter checks · F3 hint · → → shows it · Esc gives the keys back · F1 all keys")
    if state.typing:
        return say("Enter, or → at the end of the number: the keys step again · F1 all keys")
    if state.walking:
        return say("Arrows move here · Enter as a click · Esc: ← → step again · F1 all keys")
    if state.playing:
        return say("Space pause · ← → step · F1 all keys")
    return say("Space play · → step · ← step back · Shift+→ sample · Ctrl+→ epoch · F1 all keys")


def training(state: State) -> str:
    """Tell how far the training under way has come, and how long it will take."""
    say = speech(state.look.locale)
    share = f"{state.progress or 0:.0%}"
    if state.time_left is None:
        return say("Training the new run: {share}").format(share=share)
    template = say("Training the new run: {share}, about {time} left")
    return template.format(share=share, time=time_words(say, state.time_left))


def _verdict(say: Say, state: State) -> Iterator[str]:
    """Yield what became of the run, or what has become of it so far."""
    run, digits = state.run, state.look.digits
    done = state.index // state.per_epoch if state.last else 0
    if not state.curtained or state.has_diverged:
        yield outcome(say, run, digits)
        return
    if run.converged_at is not None and run.converged_at <= done:
        yield say("loss below {loss} in epoch {epoch}").format(
            loss=given(CONVERGED, digits, say), epoch=run.converged_at
        )
    yield say("the future is hidden")


def outcome(say: Say, run: Run, digits: int) -> str:
    """Return what became of the run in a few words."""
    return short(say, diagnose(run).main, digits)


_WORDS: Mapping[OverallVerdict, str] = MappingProxyType(
    {
        OverallVerdict.RIGHT: mark("gradients match, relative error up to {error}"),
        OverallVerdict.UNSEEN: mark("gradients match, relative error up to {error}"),
        OverallVerdict.CAUGHT: mark("gradients do not match, relative error up to {error}"),
        OverallVerdict.DIFFERENCE_OFF: mark(
            "central differences are inaccurate, relative error up to {error}"
        ),
        OverallVerdict.NOT_FINITE: mark("gradients are not finite here"),
    }
)


def _gradients(say: Say, state: State) -> str:
    """Return what the panel of the check says of this update's gradients, in a few words."""
    of = subject_of(state.run, state.moment.update, after=False)
    check = found(of, state.look.epsilon)
    if check.verdict in (OverallVerdict.RIGHT, OverallVerdict.UNSEEN) and check.error == 0.0:
        return say("gradients match exactly")
    if check.verdict is OverallVerdict.NO_VERDICT:
        return _untold(say, of, state.look.epsilon)
    error = "" if check.error is None else relative(check.error, say)
    return say(_WORDS[check.verdict]).format(error=error)


def _untold(say: Say, of: Subject, epsilon: float) -> str:
    """Return why nothing is told of the gradients: all are 0, or too close to be told apart."""
    verdicts = {row.verdict for row in checks(of, epsilon)}
    reasons = {remark.reason for remark in found(of, epsilon).remarks}
    if verdicts <= {Verdict.RIGHT} and not any(of.gradients):
        return say("gradients match exactly: all are 0")
    close = {Verdict.RIGHT, Verdict.UNRESOLVED, Verdict.TRUNCATED}
    if verdicts <= close and Reason.STEP_LOST not in reasons:
        return say("gradients match to within the difference's own error")
    return say("no verdict on the gradients is possible here")
