"""The views of single parts: what a panel shows of its own, as zoom, sorting, folds. No Qt.

Each is a frozen record whose fields all have defaults, in a module `shown.py` beside what shows it.
The state keeps them by their types, so that it need not know the panels.
"""

import math
from collections import deque

Views = tuple[object, ...]
"""At most one of each type, and only those that are not as at first."""

MOST_VIEWS = 200
"""The number of views that can be gone back."""

ONE_MOVE = 0.5
"""In seconds: what follows so soon (of a drag, of a wheel) is one move, and taken back as one."""


def with_view(views: Views, view: object) -> Views:
    """Return the views with `view` in the place of the one of its type."""
    others = [other for other in views if type(other) is not type(view)]
    if view != type(view)():
        others.append(view)
    return tuple(sorted(others, key=lambda other: type(other).__name__))


def has_area(edges: tuple[float, ...]) -> bool:
    """Return whether left, right, low and high bound a piece of a plane, however small."""
    left, right, low, high = edges
    return left < right and low < high and all(map(math.isfinite, edges))


class ViewHistory:
    """The views before and after the present ones, to go back and forth."""

    def __init__(self) -> None:
        self._before: deque[Views] = deque(maxlen=MOST_VIEWS)
        self._after: deque[Views] = deque(maxlen=MOST_VIEWS)
        self._moved: tuple[type, float] | None = None

    def put(self, views: Views, view: object, now: float) -> Views:
        """Return `views` with `view`; `now` is the time in seconds."""
        changed = with_view(views, view)
        if changed == views:
            return views
        kind, moved = type(view), self._moved
        if moved is None or moved[0] is not kind or now - moved[1] > ONE_MOVE:
            self._before.append(views)
        self._moved = kind, now
        self._after.clear()
        return changed

    def back(self, views: Views) -> Views:
        """Return the views before `views`, or the same where there are none."""
        return self._go(self._before, self._after, views)

    def forth(self, views: Views) -> Views:
        """Return the views that `back` left, or the same where there are none."""
        return self._go(self._after, self._before, views)

    def _go(self, source: deque[Views], target: deque[Views], views: Views) -> Views:
        self._moved = None
        if not source:
            return views
        target.append(views)
        return source.pop()

    @property
    def has_before(self) -> bool:
        """Whether one can go back."""
        return bool(self._before)

    @property
    def has_after(self) -> bool:
        """Whether one can go forth again."""
        return bool(self._after)
