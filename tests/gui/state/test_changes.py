"""gui.state.changes: what can be changed of a record is what it has, with the same types."""

from typing import get_type_hints

import pytest

from engine.teaching.session import LessonSession
from gui import state
from gui.state import Look, State
from gui.state.changes import LookChanges, StateChanges
from gui.state.practice import Practice
from gui.state.presenter import Presenter


@pytest.mark.parametrize(("record", "changes"), [(Look, LookChanges), (State, StateChanges)])
def test_every_field_can_be_changed_by_its_name(record: type, changes: type) -> None:
    known = {**vars(state), **{one.__name__: one for one in (LessonSession, Practice, Presenter)}}
    assert get_type_hints(changes, None, known) == get_type_hints(record, vars(state), known)
