"""Leads a learner through a lesson: what is done in it, and what the window shows of it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.teaching.lesson import CarryOut, Choose, Do, Lesson, Number, Point
from engine.teaching.questions import next_steps, reached, rows_of, search_of
from engine.teaching.session import LessonSession, begin
from engine.user_error import UserError
from gui.lesson.hints import hints_in
from gui.lesson.judging import RIGHT, WRONG, judged, judged_option, judged_row
from gui.lesson.staging import Stage, look_of, plays_to, stage_of
from gui.state import State
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.quantities import Name


class Tutor(QObject):
    """Holds no state of its own but that of the session: `State.lesson`.

    `left` tells that a lesson was left, `entered` that another step is open, `ended` of every
    outcome: of which lesson, which step of it, from 1, which outcome, and the slips made.
    """

    left = Signal()
    entered = Signal()
    ended = Signal(object, int, object, object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._checked: object = None
        self._open = False
        session.changed.connect(self._follow)

    @property
    def learner(self) -> LessonSession | None:
        """The lesson that is open."""
        return self._session.state.lesson

    def open(self, lesson: Lesson, place: int = 0) -> None:
        """Open a lesson at a step. Raises `UserError` where the window can't show it."""
        self._enter(begin(lesson, place))
        self._open = True
        self._session.held_back = self._held_back

    def renew(self, lesson: Lesson) -> None:
        """Go on in a lesson whose file was saved again."""
        if self.learner is not None:
            self._enter(self.learner.renewed(lesson))

    def leave(self) -> None:
        """Close the lesson: the user's own experiment comes back."""
        self._session.give_back()

    def do(self, deed: str, value: object = None) -> None:  # noqa: C901, PLR0912 - a case a deed
        """Do what the learner wants."""
        learner = self.learner
        if learner is None:
            return
        match deed, value:
            case "answer", str():
                self._answer(learner, value)
            case "choose", int():
                self._choose(learner, value)
            case "point", _:
                self._point(learner, value)
            case "hint", _:
                self._show(learner.hinted(hints_in(learner)))
            case "show", _:
                self._show(learner.shown())
                self._put_in_solution(learner)
            case "next", _:
                self._note(learner, learner.next())
                if learner.is_last:
                    self.leave()
                else:
                    self._enter(learner.next())
            case "skip", _:
                self._enter(learner.skip())
            case "back", _ if learner.place:
                self._enter(learner.back())
            case "go", int():
                self._enter(learner.at(value))
            case "write", str():
                self._session.in_lesson(lesson=learner.wrote(value))
            case "compare", _:
                self._show(learner.compared())
            case "tick", int():
                self._session.in_lesson(lesson=learner.tick(value))
            case "restart", _:
                self._enter(learner)
            case "play", _:
                self._play(learner)
            case "leave", _:
                self.leave()

    # Answers

    def _answer(self, learner: LessonSession, typed: str) -> None:
        step, locale = learner.step, self._session.state.look.locale
        if not typed.strip() or not learner.waits:
            return
        if isinstance(step, Number):
            self._show(learner.replied(typed, judged(step, typed, locale)))
        elif isinstance(step, CarryOut) and not step.find:
            row = rows_of(step)[learner.task.row]
            self._show(learner.replied_row(typed, judged_row(step.run, row.index, typed, locale)))

    def _choose(self, learner: LessonSession, option: int) -> None:
        step, task = learner.step, learner.task
        if not learner.waits or option in task.refused:
            return
        if isinstance(step, Choose):
            reply = judged_option(step, option)
            self._show(learner.replied("", reply, option))
        elif isinstance(step, CarryOut) and step.find:
            search = search_of(step)
            reply = RIGHT if search is None or option == search.wrong else WRONG
            self._show(learner.replied("", reply, option))
        elif isinstance(step, CarryOut) and step.order and not task.rows[task.row].named:
            offered, right = next_steps(step, task.row), rows_of(step)[task.row].name
            if option < len(offered):
                self._show(learner.named_row(RIGHT if offered[option] == right else WRONG))

    def _point(self, learner: LessonSession, name: object) -> None:
        if isinstance(learner.step, Point):
            reply = RIGHT if name in learner.step.target else WRONG
            self._show(learner.replied("", reply, name))

    def _held_back(self) -> bool:
        """Ask for an answer before anything is shown that tells it; show it the second time."""
        learner, state = self.learner, self._session.state
        if learner is None or not learner.waits or not (state.covered or state.curtain):
            return False
        self._show(learner.shown() if learner.warned else learner.warn())
        return True

    # What is shown

    def _enter(self, learner: LessonSession) -> None:
        """Open a step: the window goes to its place, with its experiment."""
        step = learner.step
        if isinstance(step, CarryOut) and not step.find:
            learner = learner.begun(len(rows_of(step)))
        look = replace(self._session.state.look, **look_of(learner))
        stage = stage_of(learner, look)
        self._checked = None
        changes = stage.changes
        changes["highlight"], changes["walking"] = None, False
        self._session.borrow(stage.experiment, stage.at, **changes)
        if isinstance(step, Point) and learner.waits:
            self._session.highlight(self._first_name(), walks=True)
        self.entered.emit()

    def _first_name(self) -> "Name | None":
        return next(iter(self._session.state.moment.numbers), None)

    def _show(self, learner: LessonSession) -> None:
        """Show what became of the step that is open."""
        former = self.learner
        if former is None:
            return
        self._note(former, learner)
        stage = stage_of(learner, self._session.state.look)
        changes = stage.changes
        if self._moves(former, learner, stage):
            changes["index"] = stage.at
            changes["playing"] = False
        self._session.in_lesson(**changes)

    @staticmethod
    def _moves(former: LessonSession, learner: LessonSession, stage: Stage) -> bool:
        """Tell whether the window goes to where the answer is computed."""
        if isinstance(learner.step, Do) or stage.experiment != learner.step.experiment:
            return False
        ended = former.task.outcome is None and learner.task.outcome is not None
        return ended or former.task.row != learner.task.row

    def _put_in_solution(self, learner: LessonSession) -> None:
        """Change the experiment as a step asks for, where its author has said how."""
        step = learner.step
        if learner.waits and isinstance(step, Do) and step.solution is not None:
            self._session.replace_experiment(step.solution)

    def _note(self, former: LessonSession, learner: LessonSession) -> None:
        """Put down how a task ended."""
        place = former.place
        before, now = former.tasks[place].outcome, learner.tasks[place]
        if before is None and now.outcome is not None:
            self.ended.emit(learner.lesson, place + 1, now.outcome, now.slips)

    def _play(self, learner: LessonSession) -> None:
        stage = stage_of(learner, self._session.state.look)
        self._session.seek(stage.at)
        self._session.play(playing=True)

    def _follow(self, state: State) -> None:
        """Check the goal of a finished run; stop playing where the step says so."""
        learner = state.lesson
        if learner is None:
            if self._open:
                self._open, self._session.held_back = False, None
                self.left.emit()
            return
        end = plays_to(learner) if state.playing else None
        if end is not None and state.index >= end:
            self._session.play(playing=False)
        if isinstance(learner.step, Do) and learner.waits and self._is_new(state):
            self._check_goal(learner, learner.step, state)

    def _is_new(self, state: State) -> bool:
        ready = state.progress is None and not state.faults and state.run is not self._checked
        if ready:
            self._checked = state.run
        return ready

    def _check_goal(self, learner: LessonSession, step: Do, state: State) -> None:
        try:
            done = reached(step, state.run)
        except UserError:
            done = False
        if done:
            self._show(learner.replied("", RIGHT))
