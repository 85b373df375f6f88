"""The keys of a lesson."""

from engine.words import mark
from gui.widgets.keys import Keys, Use

LESSON = Keys(
    mark("In a lesson"),
    Use("choose", ("1", "2", "3", "4"), mark("Choose the first, second, third or fourth")),
    Use("compare", ("Ctrl+Return",), mark("Compare what you have written"), ("Ctrl+Enter",)),
)
