"""The keys of the field in which an answer is typed."""

from engine.words import mark
from gui.widgets.keys import Keys, Use

ANSWERING = Keys(
    mark("While a result is asked"),
    Use("check", ("Return",), mark("Check the answer"), ("Enter",)),
    Use("leave", ("Esc",), mark("Give the keys back to the chain")),
    Use("on", ("Right",), mark("At the end of the number, twice: see the result")),
)
