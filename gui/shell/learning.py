"""What the learner has done in lessons and practice: kept on this machine, shown, and forgotten."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.user_error import UserError
from engine.words import mark
from gui.errors.faults import faults
from gui.language import languages, speech
from gui.shell.actions import Entry
from gui.shell.files.documents import Documents
from gui.state import State
from gui.state.session import Session
from gui.words import symbols

if TYPE_CHECKING:
    from engine import Experiment
    from engine.steps import Step
    from engine.teaching.lesson import Lesson, Text
    from engine.teaching.outcome import Outcome
    from engine.teaching.progress import Entry as Happened
    from engine.teaching.progress import Progress, Topic
    from engine.teaching.progress_file import ProgressFile
    from engine.teaching.reviews import Review
    from gui.state.practice import Practice

_FILE = "progress.json"

_REVIEW = mark("Review")


class Learning(QObject):
    """Keeps what was reached in `folder`; without one, until the window closes.

    Nothing is read or imported before somebody asks. `changed` tells that there is more, or
    nothing any more. `lessons` returns those that are known, for the page of results.
    """

    changed = Signal()

    def __init__(self, session: Session, folder: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._folder = session, folder
        self._file: ProgressFile | None = None
        self._alone: Progress | None = None
        self._practice: Practice | None = None
        self.today: Callable[[], date] = date.today
        self.lessons: Callable[[], Iterable[Lesson]] = tuple
        session.changed.connect(self._follow)

    @property
    def progress(self) -> "Progress":
        """All that was reached, that of other windows too as of the latest look."""
        if self._folder is not None and self._file is None:
            self.look_again()
        return self._file.progress if self._file is not None else self._of_this_window

    @property
    def _of_this_window(self) -> "Progress":
        from engine.teaching.progress import Progress  # noqa: PLC0415 - where it is needed

        if self._alone is None:
            self._alone = Progress()
        return self._alone

    def look_again(self) -> None:
        """Take over what other windows have put down meanwhile."""
        if self._folder is None:
            return
        from engine.teaching.progress_file import ProgressFile  # noqa: PLC0415

        if self._file is None:
            self._file = ProgressFile(self._folder / _FILE)
        self._tell(self._file.read())

    def _tell(self, problem: UserError | None) -> None:
        if problem is not None:
            self._session.tell(problem)

    def ended(
        self,
        lesson: "Lesson | Review",
        number: int,
        outcome: "Outcome",
        slips: tuple[str, ...] = (),
    ) -> None:
        """Put down that step `number` (from 1) of a lesson or of a review has ended."""
        from engine.teaching.reviews import entry_of  # noqa: PLC0415

        self.put(entry_of(lesson, number, outcome, slips, self.today()))

    def put(self, *happened: "Happened") -> None:
        """Put down what happened."""
        former = self.progress
        if self._file is not None:
            self._tell(self._file.add(*happened))
        else:
            from engine.teaching.progress import after  # noqa: PLC0415

            self._alone = after(former, *happened)
        self.changed.emit()

    def due(self) -> "tuple[Topic, ...]":
        """Return what is to come again today."""
        return self.progress.due(self.today())

    def review(self) -> "Review | None":
        """Return a short lesson of fresh numbers on what is due; None where nothing is."""
        from engine.teaching.friendly import friendly  # noqa: PLC0415
        from engine.teaching.lesson import Text  # noqa: PLC0415
        from engine.teaching.reviews import review, tells  # noqa: PLC0415

        title = Text(tuple((code, speech(code)(_REVIEW)) for code in languages()))
        return review(self.due(), self.today().toordinal(), friendly, tells, title, _prompt)

    # What happens in the window

    def _follow(self, state: State) -> None:
        with faults.kept_in("learning"):
            self._follow_practice(state)

    def _follow_practice(self, state: State) -> None:
        """Put down how the questions of a practice end, and which slips were made."""
        practice = state.practice
        former, self._practice = self._practice, practice
        if practice is None or former is None or practice.said is former.said:
            return
        said, question = practice.said, former.question
        if said is None or question is None:
            return
        if said.outcome is not None:
            self._practised(question.phase.value, said.outcome)
        elif said.verdict is not None and len(said.verdict.slips) == 1:
            self._slipped(said.verdict.slips[0].name)

    def _practised(self, phase: str, outcome: "Outcome") -> None:
        """Let a phase that was shown come again, and one that is due and was found go on."""
        from engine.teaching.progress import Reviewed, Topic  # noqa: PLC0415

        self._put_new(Reviewed(Topic("phase", phase), outcome, self.today()))

    def _slipped(self, slip: str) -> None:
        """Let a slip come again."""
        from engine.teaching.progress import Missed, Topic  # noqa: PLC0415

        self._put_new(Missed(Topic("slip", slip), self.today()))

    def _put_new(self, entry: "Happened") -> None:
        """Put something down, unless it changes nothing: that saves writing the file."""
        from engine.teaching.progress import after  # noqa: PLC0415

        if after(self.progress, entry) != self.progress:
            self.put(entry)

    # In the menus

    def entries(self, documents: Documents, window: QWidget) -> Iterator[Entry]:
        """Yield what the menus offer."""
        yield Entry("save_results", mark("Save my results…"), (), lambda: self._save(documents))
        yield Entry("reset_progress", mark("Reset progress…"), (), lambda: self._ask(window))

    @property
    def _state(self) -> State:
        return self._session.state

    def _save(self, documents: Documents) -> None:
        from engine.teaching.results_page import results_page  # noqa: PLC0415
        from engine.teaching.slip_words import slip_words  # noqa: PLC0415

        look = self._state.look
        say = speech(look.locale)
        self.look_again()
        today = self.today()
        page = results_page(
            self.progress,
            self.lessons(),
            today,
            lambda slip: slip_words(slip, say),
            say,
            look.language,
        )
        suggested = say("Chainstep results {date}").format(date=today.isoformat())
        documents.export(say("Save my results"), suggested, (".html",), lambda _path: page)

    def _ask(self, window: QWidget) -> None:
        say = speech(self._state.look.locale)
        box = QMessageBox(QMessageBox.Icon.Question, "Chainstep", "", parent=window)
        box.setObjectName("reset progress")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setText(say("Forget what you have reached in all lessons?"))
        box.setInformativeText(
            say(
                "Outcomes, slips and reviews are deleted from this machine, and nothing brings"
                " them back."
            )
        )
        forget = box.addButton(say("Forget everything"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(say("Keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.setEscapeButton(keep)
        forget.clicked.connect(self.reset)
        box.open()

    def reset(self) -> None:
        """Forget everything that was reached."""
        self.look_again()
        if self._file is not None:
            self._tell(self._file.reset())
        self._alone = None
        self.changed.emit()


def _prompt(step: "Step", experiment: "Experiment") -> "Text":
    """Return the question for what a step computes, in all languages."""
    from engine.teaching.lesson import Text  # noqa: PLC0415

    asked = (
        mark("A review, with fresh numbers: what is the new {symbol}?")
        if step.result.quantity in symbols.LEARNED
        else mark("A review, with fresh numbers: what is {symbol}?")
    )
    symbol = symbols.of(step.result, experiment)
    return Text(tuple((code, speech(code)(asked).format(symbol=symbol)) for code in languages()))
