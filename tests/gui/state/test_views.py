"""gui.state.views: one record of each type; and the way back, move by move."""

from dataclasses import dataclass

import pytest

from gui.state import Look
from gui.state.session import Session
from gui.state.views import ONE_MOVE, ViewHistory, Views, with_view


@dataclass(frozen=True)
class Zoom:
    factor: float = 1.0


@dataclass(frozen=True)
class Sorting:
    column: str = ""


def test_there_is_one_of_each_type_and_none_that_is_as_at_first() -> None:
    both = with_view(with_view((), Zoom(2)), Sorting("x"))
    assert set(both) == {Zoom(2), Sorting("x")}
    assert both == with_view(with_view((), Sorting("x")), Zoom(2)), "whatever came first"
    assert set(with_view(both, Zoom(3))) == {Zoom(3), Sorting("x")}
    assert with_view(both, Zoom()) == (Sorting("x"),)


def test_what_follows_at_once_is_one_move() -> None:
    history, views = ViewHistory(), ()
    shown: list[Views] = [views]
    for now, view in (
        (10.0, Zoom(2)),
        (10.0 + ONE_MOVE, Zoom(3)),
        (10.1 + ONE_MOVE, Zoom(4)),
        (10.2 + ONE_MOVE, Sorting("x")),
        (10.3 + ONE_MOVE, Zoom(5)),
        (10.4 + 2 * ONE_MOVE, Zoom(6)),
    ):
        views = history.put(views, view, now)
        shown.append(views)
    back = [views]
    while history.has_before:
        back.append(history.back(back[-1]))
    assert back == [shown[6], shown[5], shown[4], shown[3], shown[0]]
    forth = [back[-1]]
    while history.has_after:
        forth.append(history.forth(forth[-1]))
    assert forth == back[::-1]
    assert history.forth(views) == views


def test_another_move_forgets_what_was_taken_back() -> None:
    history = ViewHistory()
    views = history.put((), Zoom(2), 0)
    views = history.back(views)
    assert history.has_after
    assert history.put(views, Zoom(3), 9) == (Zoom(3),)
    assert not history.has_after
    assert history.put((Zoom(3),), Zoom(3), 99) == (Zoom(3),), "the same again is no move"
    assert history.back((Zoom(3),)) == ()
    assert not history.has_before


@pytest.mark.usefixtures("qapp")
def test_edits_and_views_are_taken_back_apart() -> None:
    session = Session(Look())
    first = session.state.experiment
    session.show_view(Zoom(2))
    session.replace_experiment(type(first)(epochs=3))
    assert session.state.view(Zoom) == Zoom(2), "an edit leaves the views"
    session.undo()
    assert (session.state.experiment, session.state.view(Zoom)) == (first, Zoom(2))
    session.redo()
    session.undo_view()
    assert (session.state.experiment.epochs, session.state.view(Zoom)) == (3, Zoom())
    assert not session.state.can_undo_view
    assert session.state.can_redo_view
    session.redo_view()
    assert Session(Look(), kept=session.kept()).state.view(Zoom) == Zoom(2)
