"""What of a new state is shown first, and what next."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from gui.state import State, all_but


class Presenting(QObject):
    """Shows each new state: by `first` what one looks at, by `others` all else.

    While one moves through a run, all else follows in the next turn of the event loop, when the
    first is painted; of states that come faster than that, it shows only the latest. Whatever else
    changes is shown everywhere at once.
    """

    def __init__(
        self,
        first: Callable[[State], None],
        others: Callable[[State], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._first, self._others = first, others
        self._former: State | None = None
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.timeout.connect(self._show_others)

    def present(self, state: State) -> None:
        """Show a state."""
        former, self._former = self._former, state
        self._first(state)
        if former is not None and _differ_in_place_alone(former, state):
            self._turn.start(0)
        else:
            self._show_others()

    def _show_others(self) -> None:
        self._turn.stop()
        if self._former is not None:
            self._others(self._former)


_all_but_place = all_but(
    "index",
    "playing",
    "pointed",
    "highlight",
    "walking",
    "typing",
    "practice",
    "presenter",
    "covered",
    "covered_at",
    "lesson",
    "marked",
    "curtain",
    "picks",
    "secret",
)


def _differ_in_place_alone(former: State, state: State) -> bool:
    return _all_but_place(former) == _all_but_place(state)
