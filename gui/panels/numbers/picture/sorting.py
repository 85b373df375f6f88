"""The table of this sample, sorted as the state says. No Qt."""

from gui.panels.numbers.picture.sample import Column, SampleTable, Sorting
from gui.panels.numbers.shown import SampleSorting
from gui.state import State


def sample_table(state: State) -> SampleTable:
    """Return the table of the state's sample."""
    shown = state.view(SampleSorting)
    known = shown.column in tuple(Column)
    return SampleTable(state, Sorting(Column(shown.column), shown.falling) if known else None)


def shown_as(sorting: Sorting | None) -> SampleSorting:
    """Return what the state keeps of a sorting."""
    return SampleSorting() if sorting is None else SampleSorting(sorting.column, sorting.falling)
