"""The keys of a lesson."""

from engine.words import mark
from gui.widgets.keys import Keys, Use

LESSON = Keys(
    mark("While an explanation is written"),
    Use("leave", ("Esc",), mark("Give the keys back to the chain")),
    Use("compare", ("Ctrl+Return",), mark("Read a model answer beside yours"), ("Ctrl+Enter",)),
)
