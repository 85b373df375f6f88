"""The keys of the race."""

from engine.words import mark
from gui.widgets.keys import Keys, Use

RACING = Keys(
    mark("In the race of “Why backpropagation?”"),
    Use("start", ("Space",), mark("Start or stop the race")),
    Use("1", ("1",), mark("3 layers")),
    Use("2", ("2",), mark("10 layers")),
    Use("3", ("3",), mark("64 layers")),
    Use("4", ("4",), mark("200 layers")),
    Use("close", ("Esc",), mark("Close it")),
)
