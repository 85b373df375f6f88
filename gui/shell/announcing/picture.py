"""What is said when one state follows another: a sentence, or nothing. No Qt."""

from collections.abc import Iterator
from typing import NamedTuple

from engine import Run
from gui.chain.picture.summary import place
from gui.formula.picture import formula_picture
from gui.language import sentence, speech
from gui.language.joining import ended, labelled, sentences
from gui.language.numbers import rounded
from gui.panels.gradient_check.picture import found, subject_of
from gui.state import State
from gui.status.picture import status_picture, training


class Announcement(NamedTuple):
    """`words` are nothing where nothing is said; `at_once` tells that they can't wait."""

    words: str
    at_once: bool = False


def announcement(former: State, state: State, heard: Run) -> Announcement:
    """Return what is said of `state` after `former`; `heard` is the run that was told of last.

    While a field has the keys, what becomes of the run is not told with every digit.
    """
    say = speech(state.look.locale)
    faults = tuple(_faults(former, state))
    judged = (*_judged(former, state), *_taught(former, state), *_presented(former, state))
    happened = (*faults, *judged, *_runs(former, state, heard), *_steps(former, state))
    return Announcement(sentences(happened, say), at_once=bool(faults))


def _faults(former: State, state: State) -> Iterator[str]:
    """Yield what is wrong in fields, and what could not be done, as far as it is new."""
    language = state.look.locale
    for location, fault in state.faults.items():
        if former.faults.get(location) != fault:
            yield sentence(fault, language)
    if state.notice is not None and state.notice != former.notice:
        yield sentence(state.notice, language)


def _judged(former: State, state: State) -> Iterator[str]:
    """Yield what is said of an answer."""
    if state.practice is None or former.practice == state.practice:
        return
    from gui.practice.picture import practice_picture  # noqa: PLC0415 - for who practises

    picture = practice_picture(state)
    said = state.practice.said, state.question and state.question.fault
    if picture is not None and any(said):
        yield picture.spoken


def _taught(former: State, state: State) -> Iterator[str]:
    """Yield what a lesson asks when a step of it is opened, and what is said of an answer."""
    learner, before = state.lesson, former.lesson
    if learner is None or learner == before:
        return
    from engine.teaching.reading.markdown import plain  # noqa: PLC0415 - for who is in a lesson
    from gui.lesson.picture import lesson_picture  # noqa: PLC0415

    picture = lesson_picture(state)
    if picture is None:
        return
    if before is None or (before.lesson, before.place) != (learner.lesson, learner.place):
        yield picture.question
        return
    now, then = (learner.task, learner.warned), (before.task, before.warned)
    told = picture.verdict
    if told is not None and now != then:
        yield sentences(filter(None, (told.lead, told.words, told.note)), speech(state.look.locale))
    if len(picture.hints) > before.task.hints:
        yield picture.hints[-1]
    if picture.model and before.waits:
        yield plain(picture.model)


def _presented(former: State, state: State) -> Iterator[str]:
    """Yield what changes before a class."""
    if former.presenter != state.presenter:
        from gui.presenter.spoken import changes  # noqa: PLC0415 - for who presents

        yield from changes(former, state)


def _runs(former: State, state: State, heard: Run) -> Iterator[str]:
    """Yield what has become of a training, and of a run that is another now."""
    say = speech(state.look.locale)
    was_under_way, is_under_way = (one.progress is not None for one in (former, state))
    if is_under_way:
        if not was_under_way:
            yield training(state)
    elif was_under_way and state.experiment != former.experiment:
        yield say("The training was cancelled.")
    elif was_under_way:
        yield labelled(say("The training is done"), status_picture(state).truth, say)
    elif heard is not state.run and not state.typing and not state.faults:
        yield ended(status_picture(state).truth, say)


def _steps(former: State, state: State) -> Iterator[str]:
    """Yield the step that one came to; while playing only where an epoch begins."""
    say, digits = speech(state.look.locale), state.look.digits
    paused = former.playing and not state.playing
    if former.run is not state.run or not (paused or former.index != state.index):
        return
    before, now = former.moment, state.moment
    moved = (before.epoch, before.sample) != (now.epoch, now.sample)
    if state.playing:
        if before.epoch != now.epoch and now.loss is not None:
            told = say("Epoch {epoch}: loss {loss}")
            yield told.format(epoch=now.epoch, loss=rounded(now.loss, digits, say))
        elif before.epoch != now.epoch:
            yield say("Epoch {epoch}").format(epoch=now.epoch)
        return
    if moved or paused:
        yield ended(place(state), say)
    yield formula_picture(state).sentence
    if _verdict(former) != _verdict(state) or state.index == state.last:
        yield ended(status_picture(state).truth, say)


def _verdict(state: State) -> tuple[object, ...]:
    """Return what the status line says, but for its numbers."""
    of = subject_of(state.run, state.moment.update, after=False)
    return state.has_diverged, found(of, state.look.epsilon).verdict
