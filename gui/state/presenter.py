"""How the present state is shown to a class. No Qt."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.quantities import Name
from gui.state.voting import Vote

_NOTHING: frozenset[Name] = frozenset()


@dataclass(frozen=True, slots=True)
class Presenter:
    """A presentation under way.

    `zoom` in percent is how large all is drawn for the class. `audience` tells that the class has a
    screen of its own, `away` that this is not plugged in now; while it is `frozen`, that does not
    change. While it `covers`, all results are covered but those that are `shown`, of the update
    `shown_in` (from 0). With the `spotlight` all but what is pointed at is dimmed; the `laser`
    points with a dot. `vote` is a vote by show of hands.
    """

    zoom: int = 100
    audience: bool = False
    away: bool = False
    frozen: bool = False
    covers: bool = False
    shown: frozenset[Name] = _NOTHING
    shown_in: int = 0
    spotlight: bool = False
    laser: bool = False
    vote: Vote | None = None

    @property
    def fills(self) -> bool:
        """Whether it stands in the place of the window."""
        return not self.audience

    def covered(self, results: Iterable[Name], update: int) -> frozenset[Name]:
        """Return which of the results of an update are covered."""
        if not self.covers:
            return _NOTHING
        return frozenset(results) - (self.shown if self.shown_in == update else _NOTHING)

    def covering(self, covers: bool) -> "Presenter":  # noqa: FBT001 - what is to be
        """Return it with all results covered, or with none."""
        return replace(self, covers=covers, shown=_NOTHING)

    @property
    def points(self) -> bool:
        """Whether it matters where the mouse is."""
        return self.spotlight or self.laser

    def showing(self, names: Iterable[Name], update: int) -> "Presenter":
        """Return it with some more results of an update shown."""
        before = self.shown if self.shown_in == update else _NOTHING
        return replace(self, shown=before.union(names), shown_in=update)
