"""Pictures, tables and programs of what is shown, as files: the menu File → Export."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from engine.user_error import UserError
from engine.words import mark
from gui.drawing.grid import Export
from gui.language import speech
from gui.panels.code.picture import code_picture
from gui.panels.numbers.picture.history import Pages, history_table
from gui.panels.numbers.picture.sample import sample_table
from gui.shell.actions import Entry
from gui.shell.files.documents import Documents
from gui.shell.files.names import proposed
from gui.shell.files.rendering import png, svg
from gui.state import State
from gui.state.session import Session
from gui.words.steps import NO_STEPS

_PICTURES = (".png", ".svg")
_STEPS = {
    ".gif": mark("Steps as an animation (GIF)…"),
    ".pdf": mark("Steps as a hand-out (PDF)…"),
}
_FINE = 2.0
"""The pixels of a PNG for each pixel of the window: it stays sharp on a slide."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the window that can be a picture; `what` names it in the name of the file."""

    name: str
    text: str
    what: str
    widget: Callable[[], QWidget]


class Exports:
    """What can be exported from the window; each entry asks where to write it."""

    def __init__(self, session: Session, documents: Documents, parts: tuple[Part, ...]) -> None:
        self._session, self._documents, self._parts = session, documents, parts

    def entries(self) -> Iterator[Entry]:
        """Yield the entries of the menu: first the pictures, then what is text."""
        for part in self._parts:
            yield Entry(f"export picture {part.name}", part.text, (), partial(self._picture, part))
        for kind, text in _STEPS.items():
            yield Entry(f"export steps{kind}", text, (), partial(self._steps, kind), _no_steps)
        yield Entry("export sample", mark("Numbers of this sample (CSV)…"), (), self._sample)
        yield Entry("export history", mark("All updates of the run (CSV)…"), (), self._history)
        yield Entry("export data", mark("Training data (CSV)…"), (), self._data)
        yield Entry("export program", mark("Program…"), (), self._program)
        yield Entry("export quiz", mark("Questions (Moodle, GIFT, Anki)…"), (), self._quiz)
        booklet = mark("Lesson as a booklet (PDF)…")
        yield Entry("export lesson", booklet, (), self._booklet, _no_lesson)

    def _picture(self, part: Part) -> None:
        widget = part.widget()
        if not widget.isVisible():
            self._session.tell(UserError(mark("This part is closed: open it first (View menu).")))
            return
        say, moment = speech(self._session.state.look.locale), self._session.state.moment
        where = say("{part}, epoch {epoch}, sample {sample}, step {step}").format(
            part=say(part.what), epoch=moment.epoch, sample=moment.sample, step=moment.position
        )

        def content(path: Path) -> bytes:
            return svg(widget) if path.suffix.lower() == ".svg" else png(widget, _FINE)

        self._documents.export_picture(where, _PICTURES, content)

    def _steps(self, kind: str) -> None:
        """Ask which steps are to be one file, and write it."""
        from gui.shell.files.steps import export_steps  # noqa: PLC0415 - when asked for

        window = next(part.widget() for part in self._parts if part.name == "window")
        export_steps(self._session, self._documents, window, kind)

    def _sample(self) -> None:
        self._documents.export_table(sample_table(self._session.state).export())

    def _history(self) -> None:
        state = self._session.state
        self._documents.export_table(history_table(state, Pages(state.run)).export())

    def _data(self) -> None:
        samples = self._session.state.experiment.samples
        lines = ("x,target\n", *(f"{s.x!r},{s.target!r}\n" for s in samples))
        self._documents.export_table(Export(mark("training data"), iter(lines), len(lines)))

    def _program(self) -> None:
        self._documents.export_program(code_picture(self._session.state))

    def _quiz(self) -> None:
        """Ask where to write questions: those of the lesson that is open, or of the experiment."""
        from gui.quiz.files import quiz_of  # noqa: PLC0415 - when somebody asks for it

        state = self._session.state
        say = speech(state.look.locale)
        lesson = state.lesson.lesson if state.lesson else None
        what = lesson.title.of(state.look.language) if lesson else say("questions")

        def content(path: Path) -> str:
            return quiz_of(path.suffix.lower(), state.experiment, lesson, state.look.language)

        kinds = (".xml", ".gift", ".txt")
        self._documents.export(say("Export questions"), proposed(what), kinds, content)

    def _booklet(self) -> None:
        """Ask where to write the lesson that is open, with its answers at the end."""
        from gui.resources import version  # noqa: PLC0415 - when somebody asks for it
        from gui.sheets.paging import usual_paper  # noqa: PLC0415
        from gui.sheets.pdf import pdf  # noqa: PLC0415
        from gui.sheets.picture.booklet import Booklet  # noqa: PLC0415
        from gui.sheets.picture.booklet_key import booklet  # noqa: PLC0415
        from gui.theme import load_fonts  # noqa: PLC0415

        state = self._session.state
        if state.lesson is None:
            return
        load_fonts()
        pages = booklet(Booklet(state.lesson.lesson, state.look.language, version()))
        say, name = speech(state.look.locale), pages[0].title
        title, paper = say("Print the lesson as PDF"), usual_paper()
        self._documents.export(title, proposed(name), (".pdf",), lambda _: pdf(pages, paper))


def _no_steps(state: State) -> str:
    if state.question is not None or state.lesson is not None:
        return mark("A question or a lesson is open")
    return NO_STEPS if state.last == 0 else ""


def _no_lesson(state: State) -> str:
    return "" if state.lesson is not None else mark("No lesson is open")
