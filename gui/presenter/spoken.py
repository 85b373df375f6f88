"""What a screen reader is told of a presentation. No Qt."""

from collections.abc import Iterator
from dataclasses import replace

from gui.formula.picture import formula_picture
from gui.language import Say, speech
from gui.language.joining import ended, labelled
from gui.presenter.picture import board_picture, hands_of
from gui.state import State
from gui.state.presenter import Presenter
from gui.state.voting import vote_now


def changes(former: State, state: State) -> Iterator[str]:
    """Yield what changes: that it begins or ends, how one points, what is covered, a vote."""
    say = speech(state.look.locale)
    before, now = former.presenter or Presenter(), state.presenter
    if now is None:
        yield say("The presentation has ended.")
        return
    if former.presenter is None:
        yield say("The class sees this step in large type. Esc leaves.")
    switches = (
        (
            before.spotlight,
            now.spotlight,
            say("The spotlight is on."),
            say("The spotlight is off."),
        ),
        (before.laser, now.laser, say("The laser is on."), say("The laser is off.")),
        (
            before.frozen,
            now.frozen,
            say("The class sees a picture that stands still."),
            say("The class sees what you do again."),
        ),
        (before.covers, now.covers, say("All results are covered."), say("All results are shown.")),
    )
    yield from (on if is_on else off for was_on, is_on, on, off in switches if was_on != is_on)
    if now.shown > before.shown:
        yield formula_picture(state).sentence
    if now.vote not in (None, before.vote):
        yield from _voted(former, state, say)


def _voted(former: State, state: State, say: Say) -> Iterator[str]:
    """Yield the board; of a hand more or less only which answer has how many now."""
    before, now = board_picture(former), board_picture(state)
    if now is None:
        return
    if before is None or not _only_counts(former, state):
        yield now.spoken
        return
    for was, one in zip(before.options, now.options, strict=True):
        if was != one and hands_of(one, say):
            yield ended(labelled(one.letter, hands_of(one, say), say), say)


def _only_counts(former: State, state: State) -> bool:
    was, now = vote_now(former), vote_now(state)
    return was is not None and now == replace(was, hands=now.hands if now else ())
