"""What can be done in a presentation, by menu and by key."""

from collections.abc import Callable, Iterator
from functools import partial

from engine.words import mark
from gui.presenter.keys import PRESENTING, VOTING
from gui.shell.actions import Entry
from gui.state import State
from gui.state.voting import vote_now


def presenting(do: Callable[[str], None]) -> Iterator[Entry]:
    """Yield the entries; `do` does what one of the tables of keys names."""
    blocked = {
        "start": _never,
        "leave": _escapes,
        "cover": _counts,
        "freeze": _one_screen,
        "show_step": _nothing_covered,
    }
    for use in PRESENTING.uses:
        reason = blocked.get(use.name, _not_presenting)
        yield Entry(f"present {use.name}", use.text, use.keys, partial(do, use.name), reason)
    for use in VOTING.uses:
        yield Entry(f"present vote {use.name}", use.text, use.keys, partial(do, use.name), _no_vote)


def _never(_state: State) -> str:
    return ""


def _not_presenting(state: State) -> str:
    return "" if state.presenter is not None else mark("Only in front of a class (F5)")


def _escapes(state: State) -> str:
    if state.presenter is not None and state.progress is not None:
        return mark("Esc cancels the training first")
    return _not_presenting(state)


def _counts(state: State) -> str:
    if vote_now(state) is not None:
        return mark("C counts hands while a class votes")
    return _not_presenting(state)


def _nothing_covered(state: State) -> str:
    if state.presenter is not None and not state.presenter.covers:
        return mark("Nothing is covered")
    return _counts(state)


def _no_vote(state: State) -> str:
    return "" if vote_now(state) is not None else mark("There is no vote (V)")


def _one_screen(state: State) -> str:
    if state.presenter is not None and not state.presenter.audience:
        return mark("The class has no screen of its own")
    return _not_presenting(state)
