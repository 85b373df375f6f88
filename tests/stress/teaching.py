"""Lessons, practice, presentations, the race, sheets: begun, answered, led and left at random."""

import random
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QProgressDialog, QWidget

from engine.moment import moment_at
from engine.teaching.lesson import CarryOut, Number, Point
from engine.teaching.questions import rows_of
from gui.chain.view import ChainView
from gui.formula.picture import formula_picture
from gui.formula.view import FormulaView
from gui.presenter.staged import staged
from gui.shell.app import Chainstep
from gui.state import State
from gui.status.picture import status_picture
from gui.timeline.picture import timeline_picture
from gui.timeline.view import TimelineView
from tests.stress.hand import Hand

BEGIN = {
    "lesson": ("Ctrl+L",),
    "practice": ("Ctrl+T",),
    "presentation": ("F5",),
    "race": ("Ctrl+B",),
    "sheet": ("Ctrl+P",),
    "local derivative": ("Ctrl+D",),
    "place": ("Ctrl+G",),
    "keys": ("F1",),
}
LEADING = ["PgDown", "PgUp", "C", "Shift+C", "S", "L", "F", "V", "A", "B", "B", "R", "Shift+B"]
RACING = ["Space", "1", "2", "3", "4", "Escape"]
LEARNING = ["Ctrl+PgDown", "Ctrl+PgDown", "Ctrl+PgUp", "F3", "Ctrl+Return", "Right", "F6", "Escape"]

_TURN = 20
"""In milliseconds: more than a turn of the loop."""


class Class:
    """A teacher and learners; `tell` is told what they do."""

    def __init__(self, hand: Hand, draw: random.Random, tell: Callable[[str], None]) -> None:
        self._hand, self._draw, self._tell = hand, draw, tell
        self.program: Chainstep | None = None
        self.behind: list[str] = []

    @property
    def deeds(self) -> list[Callable[[QWidget], None]]:
        """What can be done, as often as it should be."""
        return [self._begin, *[self._answer] * 2, *[self._go_on] * 2, self._export, self._nudge]

    def _begin(self, _window: QWidget) -> None:
        what, keys = self._draw.choice(list(BEGIN.items()))
        self._tell(f"begin {what}")
        self._hand.press(*keys)
        if what == "lesson":
            down, on = self._draw.randrange(14), self._draw.choice([0, 0, 1, 2, 4, 6])
            for key in [*["Down"] * down, "Return", *["Ctrl+PgDown"] * on]:
                self._hand.press(key)
                QTest.qWait(0)  # nobody presses twenty keys in one turn of the loop

    def _answer(self, _window: QWidget) -> None:
        if self.program is None:
            return
        value, state = _asked(self.program.session.state), self.program.session.state
        if value is not None:
            wrong = self._draw.choice([0.0, 0.0, 0.0, 1.0])
            text = repr(value + wrong)
            self._tell(f"answer {text}")
            self._hand.write(text)
            self._hand.press("Return")
        elif state.lesson is not None and isinstance(state.lesson.step, Point):
            self._tell("answer by a click")
            chain = self.program.window.chain
            place = chain.place_of(state.lesson.step.target[0])
            if place is not None and chain.isVisible():
                at = place.center().toPoint()
                self._hand.drag(chain, at, at)
        else:
            key = self._draw.choice("1234")
            self._tell(f"answer {key}")
            self._hand.press(key)

    def _go_on(self, window: QWidget) -> None:
        """Press what leads on in what is open."""
        state = self.program.session.state if self.program is not None else None
        if isinstance(window, QDialog):
            keys = RACING if window.objectName() == "race dialog" else ["Return", "Escape", "Tab"]
        elif state is not None and state.presenter is not None:
            keys = LEADING
        else:
            keys = LEARNING
        key = self._draw.choice(keys)
        self._tell(f"go on by {key}")
        self._hand.press(key)

    def _export(self, window: QWidget) -> None:
        """Write a file, by its dialog; what takes its time is left."""
        if isinstance(window, QProgressDialog):
            self._tell("cancel")
            window.cancel()
        elif self.program is not None and window is self.program.window:
            actions = self.program.parts.actions
            names = [name for name in actions if name.startswith("export ")]
            name = self._draw.choice(names)
            self._tell(name)
            actions[name].trigger()

    def _nudge(self, _window: QWidget) -> None:
        """Drag a number in the chain; some are put back by Esc."""
        if self.program is None:
            return
        chain = self.program.window.chain
        parts = chain.parts()
        if not parts or not chain.isVisible():
            return
        part = self._draw.choice(parts)
        place = chain.place_of(part.name)
        if place is None:
            return
        at = place.center().toPoint()
        moves = [QPoint(self._draw.randrange(-90, 90), 0) for _ in range(4)]
        leave = self._draw.random() < 1 / 4
        self._tell(f"drag {part.name}{' and leave it' if leave else ''}")
        self._hand.drag(chain, at, *(at + by for by in moves), leave=leave)

    def compare(self) -> None:
        """Note which part goes on telling of another moment than the state."""
        if self.program is None or self.program.session.state.playing:
            return
        state = self.program.session.state
        if any(_behind(self.program, self._hand.stage(fills=True))):
            # What came in the same turn of the loop has its turn now.
            QTimer.singleShot(_TURN, partial(self._compare_again, state))

    def _compare_again(self, state: State) -> None:
        if self.program is not None and self.program.session.state is state:
            self.behind += _behind(self.program, self._hand.stage(fills=True))


def _asked(state: State) -> float | None:
    """Return the number that is asked now, if one is."""
    if state.question is not None:
        found = moment_at(state.run, state.question.index).computation
        return found.result.value if found is not None else None
    learner = state.lesson
    if learner is None or not learner.waits:
        return None
    step = learner.step
    if isinstance(step, CarryOut) and not step.find and learner.task.row < len(learner.task.rows):
        return rows_of(step)[learner.task.row].value
    return step.answer if isinstance(step, Number) else None


def _behind(program: Chainstep, stage: QWidget | None) -> Iterator[str]:
    """Yield what is shown of another moment than that of the session."""
    state, own = program.session.state, stage or program.window
    chain, formula, timeline = map(own.findChild, (ChainView, FormulaView, TimelineView))
    assert isinstance(chain, ChainView)
    assert isinstance(formula, FormulaView)
    assert isinstance(timeline, TimelineView)
    assert chain.shown is not None
    # A stage has as large a type as there is room for.
    shown = staged(state, chain.shown.look.zoom) if stage is not None else state
    if chain.shown != shown:
        yield "the chain is behind"
    if formula.sentence != formula_picture(shown).sentence:
        yield f"the formula is behind: {formula.sentence}"
    title, strip = timeline._title.text(), timeline_picture(shown)
    if title not in (strip.title, strip.short):
        yield f"the timeline is behind: {title}"
    told = program.parts.status.findChild(QLabel, "truth")
    if stage is None and told is not None and told.text() != status_picture(state).truth:
        yield f"the status line is behind: {told.text()}"
