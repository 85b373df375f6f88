"""Work sheets as data: exercises of rows and gaps, without layout.

>>> sheet(7, 2, "table").exercises[0].experiment.layers
3
"""

from engine.teaching.sheets.exercise import (
    Check,
    Exercise,
    Found,
    Moved,
    Order,
    Row,
    values_of,
)
from engine.teaching.sheets.sheet import (
    KINDS,
    LARGEST_SEED,
    MOST_EXERCISES,
    Sheet,
    sheet,
    sheet_made,
    told,
)

__all__ = [
    "KINDS",
    "LARGEST_SEED",
    "MOST_EXERCISES",
    "Check",
    "Exercise",
    "Found",
    "Moved",
    "Order",
    "Row",
    "Sheet",
    "sheet",
    "sheet_made",
    "told",
    "values_of",
]
