"""Lessons in the window: opened, shown, led through, left."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QFileSystemWatcher, QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget

from engine.user_error import UserError
from engine.words import mark
from gui.language import speech
from gui.shell.actions import Entry
from gui.shell.learning import Learning
from gui.shell.window import Window
from gui.state import State
from gui.state.intents import Teach
from gui.state.session import Session

if TYPE_CHECKING:
    from engine.teaching.lesson import Lesson
    from engine.teaching.outcome import Outcome
    from engine.teaching.reviews import Review
    from gui.lesson.tutor import Tutor
    from gui.lesson.view import LessonView
    from gui.shell.lessons.place import LessonPlace
    from gui.shell.lessons.shelf import Shelved

_AFTER_SAVING = 150
"""In milliseconds: editors write a file in several steps."""


class Parts(Protocol):
    """What stands around the chain."""

    @property
    def standing(self) -> str:
        """The panels that have no room now."""

    def arrange(self, arrangement: QByteArray, standings: str = "") -> None:
        """Put the panels where they were."""

    def show_panel(self, name: str) -> None:
        """Show a panel."""

    def act_on(self, intent: Teach) -> None:
        """Do what the learner wants."""


class Lessons(QObject):
    """Everything about lessons. Nothing of it is imported or made before the first is asked for."""

    def __init__(self, window: Window, session: Session, learning: Learning, parts: Parts) -> None:
        super().__init__(window)
        self._window, self._session, self._parts = window, session, parts
        self._learning = learning
        learning.lessons = lambda: tuple(one.lesson for one in _ours())
        self._tutor: Tutor | None = None
        self._view: LessonView | None = None
        self._place: LessonPlace | None = None
        self._before: tuple[QByteArray, str] | None = None
        self._path: Path | None = None
        self._fault: UserError | None = None
        self._review: Review | None = None
        self._panel, self._number = "", 0
        self._saved = QTimer(self, singleShot=True)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._wait)
        self._saved.timeout.connect(self._read_again)

    # What is remembered of the window is as without a lesson

    @property
    def before(self) -> tuple[QByteArray, str] | None:
        """The layout before the lesson, and which panels had no room; None without a lesson."""
        return self._before

    # Opening and leaving

    def open(
        self,
        lesson: "Lesson",
        path: Path | None = None,
        place: int | None = None,
        number: int = 0,
    ) -> None:
        """Open a lesson where the learner has come to. Raises `UserError`.

        `number` is that of a lesson of Chainstep; `path` is watched, and read when it is saved.
        """
        from gui.shell.lessons.shelf import begins_at  # noqa: PLC0415 - where a lesson is opened

        tutor = self._made_tutor()
        if place is None:
            place = begins_at(lesson, self._learning.progress)
        self._review, self._number = None, number
        tutor.open(lesson, place)
        self._watch(path)

    def open_path(self, path: Path) -> None:
        """Open a lesson file. Raises `UserError` and OSError."""
        from engine.teaching.lesson_file import load  # noqa: PLC0415

        self.open(load(path), path)

    def review(self) -> None:
        """Open a review of what is due."""
        review = self._learning.review()
        if review is None:
            self._session.tell(UserError(mark("Nothing is due for a review today.")))
            return
        self.open(review.lesson, place=0)
        self._review = review

    def _watch(self, path: Path | None) -> None:
        self._path, self._fault = path, None
        if self._watcher.files():
            self._watcher.removePaths(self._watcher.files())
        if path is not None:
            self._watcher.addPath(str(path))

    # Methods of its own, and no lambda: Qt would hold that, it the window, and neither would go.

    def _act(self, intent: Teach) -> None:
        self._parts.act_on(intent)

    def _close(self) -> None:
        self.do("leave")

    def _wait(self, _path: str) -> None:
        self._saved.start(_AFTER_SAVING)

    def _read_again(self) -> None:
        """Take the file as it was saved; where it has a fault, the last good one stays."""
        from engine.teaching.lesson_file import load  # noqa: PLC0415

        if self._path is None or self._tutor is None or self._session.state.lesson is None:
            return
        try:
            lesson = load(self._path)
        except UserError as fault:
            self._fault = fault
        except OSError:
            return  # it is being written
        else:
            self._fault = None
            self._tutor.renew(lesson)
        if str(self._path) not in self._watcher.files():
            self._watcher.addPath(str(self._path))
        self.present(self._session.state)

    def _made_tutor(self) -> "Tutor":
        from gui.lesson.tutor import Tutor  # noqa: PLC0415

        if self._tutor is None:
            self._tutor = Tutor(self._session, self)
            self._tutor.ended.connect(self._ended)
            self._tutor.entered.connect(self._entered)
            self._tutor.left.connect(self._leave)
        return self._tutor

    def _ended(
        self, lesson: "Lesson", number: int, outcome: "Outcome", slips: tuple[str, ...]
    ) -> None:
        if self._session.state.presenter is not None:
            return  # it was the class that answered
        self._learning.ended(self._review or lesson, number, outcome, slips)

    def do(self, deed: str, value: object = None) -> None:
        """Do what the learner wants."""
        if self._tutor is not None:
            self._tutor.do(deed, value)

    def _entered(self) -> None:
        """Show the panel that a step asks for; in a narrow window only as long as it does."""
        learner = self._session.state.lesson
        panel = learner.step.panel if learner is not None else ""
        dock = self._window.panels_dock
        if panel:
            hidden = dock.isHidden()
            self._parts.show_panel(panel)
            self._panel = panel if hidden else self._panel
        elif self._panel:
            self._panel = ""
            dock.hide()

    def _leave(self) -> None:
        """Take the lesson away; everything stands as before."""
        place, before = self._place, self._before
        self._watch(None)
        self._place = self._view = self._before = None
        self._window.arranged_before = None
        self._panel = ""
        if place is not None:
            place.close()
        if before is not None:
            self._parts.arrange(*before)
        self._window.setFocus()

    # What is shown

    def present(self, state: State) -> None:
        """Show the lesson of the state, if there is one."""
        learner = state.lesson
        if learner is None:
            return
        if self._place is None or self._view is None:
            self._make()
        assert self._place is not None  # noqa: S101 - just made
        assert self._view is not None  # noqa: S101
        say = speech(state.look.locale)
        plot = learner.step.plot
        name = say("Lesson")
        if self._number:
            name = say("Lesson {number}").format(number=self._number)
        self._view.name = name
        self._place.present(state, name, say("Leave the lesson"), plot)
        self._view.present(state, self._fault)

    def _make(self) -> None:
        from gui.lesson.view import LessonView  # noqa: PLC0415
        from gui.shell.lessons.place import LessonPlace  # noqa: PLC0415

        self._before = (self._window.arrangement(), self._parts.standing)
        self._window.arranged_before = self._before[0]
        self._view = LessonView()
        self._view.wished.connect(self._act)
        self._view.left.connect(self._give_keys_to_chain)
        self._place = LessonPlace(
            self._window, self._view, self._window.experiment_dock, self._window.plots_dock
        )
        self._place.title.closed.connect(self._close)

    def _give_keys_to_chain(self) -> None:
        self._window.chain.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def dock(self) -> QDockWidget | None:
        """The dock of the lesson that is open."""
        return self._place.dock if self._place is not None else None

    def enter(self) -> None:
        """Give the keys to the lesson."""
        if self._view is not None:
            self._view.enter()

    # In the menus

    def entries(self) -> Iterator[Entry]:
        """Yield what can be done in a lesson by keys."""
        for name, text, keys in (
            ("next", mark("Next step of the lesson"), ("Ctrl+PgDown",)),
            ("back", mark("Step of the lesson before"), ("Ctrl+PgUp",)),
            ("leave", mark("Leave the lesson"), ()),
        ):
            yield Entry(f"lesson {name}", text, keys, partial(self.do, name), _none)
        for place, text in enumerate(_CHOOSE):
            act = partial(self._choose, place)
            yield Entry(f"lesson option {place + 1}", text, (str(place + 1),), act, _no_options)

    def _choose(self, place: int) -> None:
        if self._view is not None:
            self._view.options.choose(place)


_CHOOSE = (
    mark("Choose the first answer"),
    mark("Choose the second answer"),
    mark("Choose the third answer"),
    mark("Choose the fourth answer"),
)


def _none(state: State) -> str:
    return "" if state.lesson is not None else mark("No lesson is open")


def _no_options(state: State) -> str:
    learner = state.lesson
    chooses = learner is not None and learner.waits and learner.step.kind in _WITH_OPTIONS
    return "" if chooses else mark("There is nothing to choose now")


_WITH_OPTIONS = ("choose", "carry_out")


def _ours() -> "tuple[Shelved, ...]":
    from gui.shell.lessons.shelf import ours  # noqa: PLC0415

    return ours()
