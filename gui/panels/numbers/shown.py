"""How the table of this sample is sorted. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SampleSorting:
    """The column by which it is sorted, by its name; none is the order of computation."""

    column: str = ""
    falling: bool = False
