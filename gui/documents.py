"""Experiments from files and into files, with the dialogs that this takes."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine import Cancelled, Problem
from engine.files import load, save, write_atomically
from engine.presets import OPENING, Preset, beside_of
from engine.problem import mark
from engine.samples_file import load_samples
from gui.joining import labelled
from gui.keeper import Keeper
from gui.keeping.record import Entry
from gui.language import Say, sentence, speech
from gui.pictures.tables import Export
from gui.session import Session
from gui.widgets.progress import watched

if TYPE_CHECKING:
    from engine.trainability import Trainability

_NOT_THERE = mark(
    "{name} can’t be read any more ({reason}): this is its experiment as it was last open here."
)


class Documents:
    """New, open, save: each either happens whole or says in a sentence why not."""

    def __init__(self, session: Session, keeper: Keeper, window: QWidget) -> None:
        self._session = session
        self._keeper = keeper
        self._window = window

    def new(self) -> None:
        """Start from the opening experiment again."""
        self._session.open(OPENING, None)

    def choose(self, preset: Preset) -> None:
        """Show one of the experiments that have a name."""
        self._session.open(preset.experiment, None)

    @property
    def recent(self) -> tuple[Entry, ...]:
        """What was open lately, the latest first."""
        return self._keeper.recent()

    def when_listed(self, act: Callable[[], None]) -> None:
        """Let something be done whenever that list changes."""
        self._keeper.listed.connect(act)

    def recall(self, entry: Entry) -> None:
        """Show again what was open; of a file, what it holds now.

        Where the file can't be read any more, its experiment is shown as it was, without a file.
        """
        document = entry.document
        if document.path is None or entry.edited:
            self._session.bring(document)
            return
        try:
            experiment = load(document.path)
            self._session.bring(
                document._replace(
                    experiment=experiment, saved=experiment, beside=beside_of(experiment)
                )
            )
        except (OSError, Problem) as fault:
            self._session.bring(document._replace(path=None, saved=None))
            reason = fault.strerror if isinstance(fault, OSError) else self._told(fault)
            name = document.path.name
            self._session.tell(Problem(_NOT_THERE, name=name, reason=reason))

    def forget_recent(self) -> None:
        """Clear the list of what was open lately."""
        self._keeper.clear()

    def open(self) -> None:
        """Ask for a file and show its experiment."""
        say = self._say
        name, _ = QFileDialog.getOpenFileName(
            self._window, say("Open an experiment"), self._folder(), self._filter(say)
        )
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Show the experiment of a file."""
        self._try(lambda: self._session.open(load(path), path), path.name)

    def import_samples(self) -> None:
        """Ask for a table and take the training data from it; it can be undone."""
        say = self._say
        tables, everything = say("Tables"), say("All files")
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            say("Import samples from a CSV file"),
            self._folder(),
            f"{tables} (*.csv *.tsv *.txt);;{everything} (*)",
        )
        if name:
            self._try(lambda: self._session.take_samples(load_samples(name)), Path(name).name)

    def save(self) -> None:
        """Write the experiment where it came from, or ask where."""
        path = self._session.state.path
        if path is None:
            self.save_as()
        else:
            self._save(path)

    def save_as(self) -> None:
        """Ask where to write the experiment."""
        say = self._say
        name, _ = QFileDialog.getSaveFileName(
            self._window, say("Save the experiment"), self._folder(), self._filter(say)
        )
        if name:
            path = Path(name)
            self._save(path if path.suffix else path.with_suffix(".json"))

    def export_table(self, table: Export) -> None:
        """Ask where to write a table; a long one shows how far it is, and can be stopped."""
        words, cancel = self._say(mark("Writing the table…")), self._say(mark("Cancel"))
        lines = partial(watched, table.lines, table.count, words, cancel, self._window)
        with suppress(Cancelled):
            self.export(self._say(mark("Export the table")), table.name, lines)

    def export_map(self, seen: "Trainability") -> None:
        """Ask where to write a map, as a picture or as its numbers."""
        from gui.map_picture import KINDS, map_file  # noqa: PLC0415 - maps bring numpy

        look = self._session.state.look
        path = self._target(self._say(mark("Save the map")), f"map{KINDS[0]}", KINDS)
        if path and path.suffix.lower() not in KINDS:
            fault = mark("{value} must end in .png, .npz or .csv.")
            self._complain(self._say(fault).format(value=path.name))
        elif path:
            content = partial(map_file, seen, path.name, look.language, look.palette)
            self._try(lambda: write_atomically(path, content()), path.name)

    def export(self, title: str, suggested: str, text: Callable[[], str | Iterable[str]]) -> None:
        """Ask where to write `text`, whole or piece by piece, under a name like `suggested`."""
        path = self._target(title, suggested, (Path(suggested).suffix,))
        if path:
            self._try(lambda: write_atomically(path, text()), path.name)

    def _target(self, title: str, suggested: str, kinds: Sequence[str]) -> Path | None:
        """Ask for the name of a file; without a suffix it gets the first of `kinds`."""
        filters = [f"*{kind} (*{kind})" for kind in kinds]
        name, chosen = QFileDialog.getSaveFileName(
            self._window,
            title,
            str(Path(self._folder()) / suggested),
            ";;".join([*filters, f"{self._say(mark('All files'))} (*)"]),
        )
        if not name or Path(name).suffix:
            return Path(name) if name else None
        kind = kinds[filters.index(chosen)] if chosen in filters else kinds[0]
        return Path(name).with_suffix(kind)

    def _save(self, path: Path) -> None:
        def write() -> None:
            save(self._session.state.experiment, path)
            self._session.saved_as(path)

        self._try(write)

    def _try(self, act: Callable[[], None], name: str = "") -> None:
        try:
            act()
        except Problem as fault:
            text = self._told(fault)
            self._complain(labelled(name, text, self._say) if name else text)
        except OSError as fault:
            self._complain(f"{fault.filename}: {fault.strerror}")

    def _complain(self, text: str) -> None:
        box = QMessageBox(QMessageBox.Icon.Warning, "Chainstep", text, parent=self._window)
        box.setTextFormat(box.textFormat().PlainText)
        box.setInformativeText(self._say(mark("Nothing was changed.")))
        box.open()

    def _told(self, fault: Problem) -> str:
        return sentence(fault, self._session.state.look.language)

    @property
    def _say(self) -> Say:
        return speech(self._session.state.look.language)

    def _folder(self) -> str:
        path = self._session.state.path
        return str(path.parent) if path else ""

    @staticmethod
    def _filter(say: Say) -> str:
        experiments, everything = say("Experiments of Chainstep"), say("All files")
        return f"{experiments} (*.json);;{everything} (*)"
