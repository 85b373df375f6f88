"""The keys of the rows of factors."""

from engine.words import mark
from gui.widgets.keys import Keys, Use

FACTORS = Keys(
    mark("In the factors of the chain rule"),
    Use("next", ("Down",), mark("To the next factor")),
    Use("former", ("Up",), mark("To the factor before")),
    Use("next row", ("PgDown",), mark("To the next row")),
    Use("former row", ("PgUp",), mark("To the row before")),
    Use("leave", ("Esc",), mark("Let go of the factor")),
)
