"""Opening and saving experiments, with their dialogs."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from engine import Cancelled, UserError
from engine.files.endings import EXPERIMENTS, LESSONS, ends_in
from engine.files.experiment_file import load, save, write_atomically
from engine.files.samples_file import content_of, is_experiment
from engine.files.tables import read
from engine.presets import OPENING, Preset, beside_of
from engine.user_error import named
from engine.words import mark
from gui.drawing.grid import Export
from gui.language import Say, sentence, speech
from gui.language.joining import clauses, labelled, listed
from gui.panels.code.picture import CodePicture
from gui.shell.files.names import proposed, refuse_streams, system_words, trouble, with_ending
from gui.shell.files.preview.picture import TablePreview
from gui.shell.files.progress import watched
from gui.shell.files.secrecy import refuses_files
from gui.shell.keeping.keeper import Keeper
from gui.state.record import Entry
from gui.state.session import Session
from gui.theme import dressed
from gui.words.names import experiment_name

if TYPE_CHECKING:
    from weakref import WeakMethod

    from engine.maps.trainability import Trainability

Content = Callable[[Path], str | bytes | Iterable[str]]
"""Returns the content of a file, given its path."""

_EXPERIMENTS = mark("Experiments of Chainstep"), "*.chainstep *.json"
_TABLES = mark("Tables"), "*.csv *.tsv *.txt"
_LESSONS = mark("Lessons"), "*.chainstep-lesson *.toml"
_EVERYTHING = mark("All files"), "*"

_NOT_THERE = mark(
    "{name} can no longer be read ({reason}): this is its experiment as it was last open here."
)


class Documents:
    """New, open, save: each is either done completely or says in a sentence why not.

    `open_lesson` opens the file of a lesson; held weakly, or a closed window would stay for good.
    """

    def __init__(self, session: Session, keeper: Keeper, window: QWidget) -> None:
        self._session = session
        self._keeper = keeper
        self._window = window
        self.open_lesson: WeakMethod[Callable[[Path], None]] | None = None

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
        except (OSError, UserError) as fault:
            self._session.bring(document._replace(path=None, saved=None))
            problem = UserError(
                _NOT_THERE, name=named(document.path.name), reason=self._told(fault)
            )
            self._session.tell(problem)

    def forget_recent(self) -> None:
        """Clear the list of recent experiments."""
        self._keeper.clear()

    def open(self) -> None:
        """Ask for a file and show its experiment; of a table, take the samples."""
        say = self._say
        filters = self._filters(say, _EXPERIMENTS, _TABLES, _LESSONS)
        title = say("Open an experiment")
        name, _ = QFileDialog.getOpenFileName(self._window, title, self._folder(), filters)
        if name:
            self.open_path(Path(name))

    def open_path(self, path: Path) -> None:
        """Open a file that was chosen or dropped: an experiment, or a table of samples."""
        self._try(lambda: self._take(path), path.name)

    def import_samples(self) -> None:
        """Ask for a table and take the training data from it; it can be undone."""
        say = self._say
        title, filters = say("Import samples from a CSV file"), self._filters(say, _TABLES)
        name, _ = QFileDialog.getOpenFileName(self._window, title, self._folder(), filters)
        if name:
            self.import_table(Path(name))

    def import_table(self, path: Path) -> None:
        """Take the samples of a table; show first how one that is not plain is understood."""
        self._try(lambda: self._import(path), path.name)

    def _import(self, path: Path) -> None:
        refuse_streams(path)
        data = content_of(path)
        table = read(data)
        if table.plain:
            self._session.take_samples(table.samples())
            return
        from gui.shell.files.preview.dialog import TablePreviewDialog  # noqa: PLC0415 - when needed

        look = self._session.state.look
        preview = TablePreview(table, look.locale)
        dialog = TablePreviewDialog(data, preview, path.name, dressed(look), self._window)
        take = self._session.take_samples
        dialog.taken.connect(lambda samples: self._try(lambda: take(samples), path.name))
        dialog.open()

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Open a file that was dropped: an experiment, or a table of samples."""
        if len(paths) == 1:
            self.open_path(paths[0])
        else:
            self.complain(self._say(mark("Drop one file at a time.")))

    def _take(self, path: Path) -> None:
        refuse_streams(path)
        open_lesson = self.open_lesson() if self.open_lesson is not None else None
        if ends_in(path, LESSONS) and open_lesson is not None:
            open_lesson(path)
            return
        if is_experiment(path):
            self._session.open(load(path), path)
        else:
            self._import(path)

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
        start = str(Path(self._folder()) / f"{self._proposed()}{EXPERIMENTS[0]}")
        filters, title = self._filters(say, _EXPERIMENTS), say("Save the experiment")
        path = self._asked(title, start, filters, EXPERIMENTS, filters)
        if path:
            self._save(path)

    def export_table(self, table: Export) -> None:
        """Ask where to write a table; a long one shows how far it is, and can be stopped."""
        words, cancel = self._say(mark("Writing the table…")), self._say(mark("Cancel"))
        lines = partial(watched, table.lines, table.count, words, cancel, self._window)
        with suppress(Cancelled):
            title = self._say(mark("Export the table"))
            suggested = self._proposed(self._say(table.name))
            self.export(title, suggested, (".csv",), lambda _path: lines())

    def export_program(self, picture: CodePicture) -> None:
        """Ask where to write a program."""
        title, text = self._say(mark("Save the program")), picture.listing.text
        self.export(title, Path(picture.file_name).stem, (".py",), lambda _path: text)

    def export_map(self, seen: "Trainability") -> None:
        """Ask where to write a map, as a picture or as its numbers."""
        from gui.panels.map.png import KINDS, map_file  # noqa: PLC0415 - maps bring numpy

        look = self._session.state.look

        def content(path: Path) -> str | bytes | Iterable[str]:
            return map_file(seen, path.name, look.locale, look.palette)

        suggested = self._proposed(self._say(mark("map")))
        self.export(self._say(mark("Save the map")), suggested, KINDS, content)

    def export_picture(self, what: str, kinds: Sequence[str], content: Content) -> None:
        """Ask where to write a picture; `what` says of which part, and is in its name."""
        title, suggested = self._say(mark("Export a picture")), self._proposed(what)
        self.export(title, suggested, kinds, content)

    def export(self, title: str, suggested: str, kinds: Sequence[str], content: Content) -> None:
        """Ask where to write a file, and write it."""
        path = self.ask_where(title, suggested, kinds)
        if path:
            self.write(path, partial(content, path))

    def ask_where(self, title: str, suggested: str, kinds: Sequence[str]) -> Path | None:
        """Ask where to write a file of one of these kinds, under a name like `suggested`."""
        path = self._target(title, f"{suggested}{kinds[0]}", kinds)
        if path and path.suffix.lower() not in kinds:
            fault = self._say(mark("{value} must end in one of {allowed}."))
            self.complain(fault.format(value=named(path.name), allowed=listed(kinds, self._say)))
            return None
        return path

    def _proposed(self, what: str = "") -> str:
        name = experiment_name(self._session.state)
        return proposed(clauses(filter(None, (name, what)), self._say))

    def _target(self, title: str, suggested: str, kinds: Sequence[str]) -> Path | None:
        """Ask for the name of a file of one of these kinds."""
        filters = [*(f"*{kind} (*{kind})" for kind in kinds), f"{self._say(mark('All files'))} (*)"]
        return self._asked(title, str(Path(self._folder()) / suggested), ";;".join(filters), kinds)

    def _asked(
        self, title: str, start: str, filters: str, kinds: Sequence[str], presumed: str = ""
    ) -> Path | None:
        """Ask for the name of a file to write, which gets its ending; None for no file."""
        if refuses_files(self._session):
            return None
        name, chosen = QFileDialog.getSaveFileName(self._window, title, start, filters)
        path = with_ending(name, kinds, chosen or presumed) if name else None
        # The dialog asks before a file is replaced, but for the name without its ending.
        if path and str(path) != name and path.exists():
            question = self._say(mark("{name} is already there. Do you want to replace it?"))
            return path if self._agreed(question.format(name=named(path.name))) else None
        return path

    def _save(self, path: Path) -> None:
        def write() -> None:
            save(self._session.state.experiment, path, self._in_place(path))
            self._session.saved_as(path)

        self._try(write)

    def write(self, path: Path, content: Callable[[], str | bytes | Iterable[str]]) -> None:
        """Write a file as a whole, or say why that can't be done."""
        self._try(lambda: write_atomically(path, content(), self._in_place(path)), path.name)

    def _in_place(self, path: Path) -> Callable[[], bool]:
        """Return what asks whether to overwrite a file that can't be replaced."""
        question = self._say(
            mark(
                "The folder of {name} does not let the file be replaced. Do you want to overwrite"
                " it? If that is interrupted, its old content is lost."
            )
        )
        return lambda: self._agreed(question.format(name=named(path.name)))

    def _agreed(self, question: str) -> bool:
        yes = QMessageBox.StandardButton.Yes
        return QMessageBox.question(self._window, "Chainstep", question) == yes

    def _try(self, act: Callable[[], None], name: str = "") -> None:
        try:
            act()
        except UserError as fault:
            text = self._told(fault)
            self.complain(labelled(named(name), text, self._say) if name else text)
        except OSError as fault:
            self.complain(trouble(fault, self._session.state.look.locale))

    def complain(self, text: str) -> None:
        """Say in a sentence that something could not be done."""
        box = QMessageBox(QMessageBox.Icon.Warning, "Chainstep", text, parent=self._window)
        box.setTextFormat(box.textFormat().PlainText)
        box.setInformativeText(self._say(mark("Nothing was changed.")))
        box.open()

    def _told(self, fault: UserError | OSError) -> str:
        language = self._session.state.look.locale
        if isinstance(fault, OSError):
            return system_words(fault, language)
        return sentence(fault, language)

    @property
    def _say(self) -> Say:
        return speech(self._session.state.look.locale)

    def _folder(self) -> str:
        return str(path.parent) if (path := self._session.state.path) else ""

    @staticmethod
    def _filters(say: Say, *kinds: tuple[str, str]) -> str:
        return ";;".join(f"{say(name)} ({endings})" for name, endings in (*kinds, _EVERYTHING))
