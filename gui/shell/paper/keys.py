"""The keys of the page that is shown of a work sheet."""

from engine.words import mark
from gui.widgets.keys import Keys, Use

TURNING = Keys(
    mark("On the page of a work sheet"),
    Use("next", ("PgDown", "Right", "Down"), mark("To the next page")),
    Use("before", ("PgUp", "Left", "Up"), mark("To the page before")),
)
