"""The keys of a presentation. A remote control sends PgUp and PgDn."""

from engine.words import mark
from gui.widgets.keys import Keys, Use

PRESENTING = Keys(
    mark("In front of a class"),
    Use("start", ("F5",), mark("Present to a class")),
    Use("leave", ("Esc",), mark("Leave the presentation")),
    Use("forward", ("PgDown",), mark("Forward: a step, or the next page of a lesson")),
    Use("back", ("PgUp",), mark("Back: a step, or the page of a lesson before")),
    Use("cover", ("C",), mark("Cover all results, or uncover them")),
    Use("show_step", ("Shift+C",), mark("Uncover this step; a click or Enter uncovers one number")),
    Use("spotlight", ("S",), mark("Spotlight: dim all but what is pointed at, or stop to")),
    Use("laser", ("L",), mark("Laser: point with a dot, or stop to")),
    Use("freeze", ("F",), mark("Freeze what the class sees on its own screen, or go on")),
    Use("vote", ("V",), mark("Vote by show of hands; then a second round; then end the vote")),
)

VOTING = Keys(
    mark("While a class votes"),
    Use("add A", ("A",), mark("One hand more for A")),
    Use("add B", ("B",), mark("One hand more for B")),
    Use("add C", ("C",), mark("One hand more for C")),
    Use("add D", ("D",), mark("One hand more for D")),
    Use("take A", ("Shift+A",), mark("One hand less for A")),
    Use("take B", ("Shift+B",), mark("One hand less for B")),
    Use("take C", ("Shift+C",), mark("One hand less for C")),
    Use("take D", ("Shift+D",), mark("One hand less for D")),
    Use("reveal", ("R",), mark("Show how many chose what; then which is right")),
)
