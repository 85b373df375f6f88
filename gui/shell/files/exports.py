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
from gui.shell.files.rendering import png, svg
from gui.state.session import Session

_PICTURES = (".png", ".svg")
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
        yield Entry("export sample", mark("Numbers of this sample (CSV)…"), (), self._sample)
        yield Entry("export history", mark("All updates of the run (CSV)…"), (), self._history)
        yield Entry("export data", mark("Training data (CSV)…"), (), self._data)
        yield Entry("export program", mark("Program…"), (), self._program)

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
