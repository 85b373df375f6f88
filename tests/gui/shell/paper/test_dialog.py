"""File → Work sheet…: chosen by keys, seen, printed and saved."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from engine import Experiment
from engine.teaching.sheets import sheet
from gui.resources import version
from gui.sheets.paging import usual_paper
from gui.sheets.pdf import pdf
from gui.sheets.picture.answers import answers
from gui.sheets.picture.exercises import exercises
from gui.sheets.picture.tongue import tongue
from gui.shell.app import Chainstep
from gui.shell.files.documents import Documents
from gui.shell.paper.dialog import WorkSheet
from gui.shell.paper.picture import LABELS, Wishes, remembered, to_keep
from gui.shell.saved_values import SavedValues, Unkept
from gui.widgets.check_box import CheckBox
from gui.widgets.choice import Choice
from tests.gui.examples import state
from tests.gui.listening import description
from tests.gui.screen import popups, press, settle, wait_for
from tests.gui.sheets.reading import Pdf

pytestmark = popups

Part = TypeVar("Part", bound=QWidget)
AskPrinter = Callable[[QPrinter, QWidget], bool]


def opened(program: Chainstep) -> WorkSheet:
    press(program, "Ctrl+P")
    settle()
    found = program.window.findChild(WorkSheet)
    assert found is not None
    found.activateWindow()
    wait_for(lambda: ready(found))
    return found


def ready(dialog: WorkSheet) -> bool:
    button = dialog.findChild(QPushButton, "sheet save")
    assert button is not None
    return not button.toolTip()


def part(dialog: WorkSheet, kind: type[Part], name: str) -> Part:
    found = dialog.findChild(kind, name)
    assert found is not None, name
    return found


def key(dialog: QWidget, *keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(QApplication.focusWidget() or dialog, one)
        settle()


def choose(dialog: WorkSheet, name: str, words: str) -> None:
    """Choose by the keys, as one does without a mouse: letters find a row."""
    choice = part(dialog, Choice, f"sheet {name}")
    choice.setFocus(Qt.FocusReason.TabFocusReason)
    rows = [choice.itemText(row) for row in range(choice.count())]
    step = rows.index(words) - choice.currentIndex()
    key(dialog, *[Qt.Key.Key_Down if step > 0 else Qt.Key.Key_Up] * abs(step))
    wait_for(lambda: ready(dialog))


def told(dialog: WorkSheet) -> str:
    return part(dialog, QLabel, "sheet told").text()


def page(dialog: WorkSheet) -> str:
    return description(part(dialog, QWidget, "page preview"))


@pytest.fixture
def saved(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Answer each dialog for a file with the proposed name in a folder, which is returned."""
    folder = tmp_path / "saved"
    folder.mkdir()

    def answer(_parent: object, _title: str, start: str, *_rest: object) -> tuple[str, str]:
        return str(folder / Path(start).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return folder


def test_by_keys_alone(program: Chainstep, saved: Path) -> None:
    dialog = opened(program)
    assert QApplication.focusWidget() is part(dialog, Choice, "sheet kind")
    choose(dialog, "kind", "Find the mistake")
    choose(dialog, "count", "2 exercises")
    choose(dialog, "layers", "2 layers")
    choose(dialog, "language", "中文 + English")
    choose(dialog, "paper", "A4")
    seed = part(dialog, QLineEdit, "sheet seed")
    seed.setFocus(Qt.FocusReason.TabFocusReason)
    seed.selectAll()
    QTest.keyClicks(seed, "7")
    wait_for(lambda: ready(dialog))
    assert told(dialog) == "Page 1 of 3"
    assert "练习 1 · Exercise 1" in page(dialog)
    part(dialog, QWidget, "page preview").setFocus(Qt.FocusReason.TabFocusReason)
    key(dialog, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    assert told(dialog) == "Page 3 of 3"
    assert "答案 1 · Answer 1" in page(dialog)
    part(dialog, QPushButton, "sheet save").setFocus(Qt.FocusReason.TabFocusReason)
    key(dialog, Qt.Key.Key_Space)
    wait_for(lambda: ready(dialog))
    (file,) = saved.iterdir()
    read = Pdf(file.read_bytes())
    assert len(read.pages) == 3
    assert "--kind find --seed 7 --count 2 --layers 2" in read.text
    part(dialog, CheckBox, "sheet apart").click()
    key(dialog, Qt.Key.Key_Escape)
    assert program.window.findChild(WorkSheet) is None
    program.window.activateWindow()
    settle()
    dialog = opened(program)
    chosen = [part(dialog, Choice, f"sheet {name}").currentText() for name in LABELS]
    assert chosen[:3] == ["Find the mistake", "2 exercises", "2 layers"]
    assert chosen[4:] == ["中文 + English", "A4"]
    assert part(dialog, CheckBox, "sheet apart").isChecked()
    assert told(dialog) == "Page 1 of 3"


@pytest.mark.parametrize("kept", ["", "x", "[]", '{"kind": "essay", "layers": 9, "seed": 3}'])
def test_what_cannot_be_chosen_is_not_remembered(kept: str) -> None:
    first = Wishes(seed=7, layers="2")
    assert remembered(first, kept) == first
    again = remembered(first, to_keep(first, replace(first, kind="order", seed=8), kept))
    assert again == replace(first, kind="order"), "numbers are drawn anew"


class Files(Documents):
    """Answers with the proposed names, in `written`."""

    def __init__(self) -> None:
        self.written: dict[str, bytes] = {}

    def ask_where(self, title: str, suggested: str, kinds: Sequence[str]) -> Path:
        """Return the name that is proposed."""
        assert title
        return Path(suggested + kinds[0])

    def write(self, path: Path, content: Callable[[], str | bytes | Iterable[str]]) -> None:
        """Keep what would be written."""
        made = content()
        assert isinstance(made, bytes)
        self.written[path.name] = made


@pytest.fixture
def files() -> Files:
    return Files()


@pytest.fixture
def alone(qapp: QApplication, files: Files) -> Iterator[Callable[..., WorkSheet]]:
    """Return a function that opens the dialog without the window."""
    assert qapp
    parent = QWidget()

    def made(language: str = "en", ask_printer: AskPrinter | None = None) -> WorkSheet:
        shown = state(Experiment(), language=language)
        dialog = WorkSheet(shown, files, SavedValues(Unkept()), parent, ask_printer)
        dialog.show()
        dialog.activateWindow()
        wait_for(lambda: ready(dialog))
        return dialog

    yield made
    parent.deleteLater()
    settle()


Alone = Callable[..., WorkSheet]


def test_answers_in_a_file_of_their_own(alone: Alone, files: Files) -> None:
    dialog = alone()
    choose(dialog, "count", "1 exercise")
    part(dialog, QWidget, "sheet apart").setFocus(Qt.FocusReason.TabFocusReason)
    key(dialog, Qt.Key.Key_Space)
    part(dialog, QPushButton, "sheet save").click()
    wait_for(lambda: ready(dialog))
    texts = [Pdf(content).text for content in files.written.values()]
    assert ["Answer 1" in text for text in texts] == [False, True]


def test_print(alone: Alone, tmp_path: Path) -> None:
    out = tmp_path / "printed.pdf"

    def ask(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        return True

    dialog = alone(ask_printer=ask)
    choose(dialog, "count", "1 exercise")
    choose(dialog, "paper", "Letter")
    part(dialog, QPushButton, "sheet print").click()
    wait_for(lambda: ready(dialog))
    read = Pdf(out.read_bytes())
    assert len(read.pages) == 2
    assert read.size == (612, 792)


def test_it_answers_between_two_draws(alone: Alone, monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, nothing old is shown meanwhile, and the dialog can be closed."""
    dialog = alone()
    ticks = count()
    monkeypatch.setattr("gui.shell.paper.slices.perf_counter", lambda: next(ticks))
    part(dialog, QPushButton, "sheet fresh").click()
    before, after = told(dialog), part(dialog, QPushButton, "sheet page 1")
    assert before == "Drawing numbers: 1 of 6" == part(dialog, QPushButton, "sheet save").toolTip()
    assert not page(dialog)
    assert not after.isEnabled()
    QTest.keyClick(part(dialog, QWidget, "page preview"), Qt.Key.Key_PageDown)
    wait_for(lambda: bool(page(dialog)))
    assert not ready(dialog)
    assert "Exercise 1" in page(dialog)
    assert "Exercise 6" not in page(dialog)
    monkeypatch.undo()
    wait_for(lambda: ready(dialog))
    assert told(dialog).startswith("Page 1 of ")
    assert after.isEnabled()


def at_work(dialog: WorkSheet) -> bool:
    return part(dialog, QPushButton, "sheet close").text() == "Cancel"


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each slice of work be one page."""
    ticks = count()
    monkeypatch.setattr("gui.shell.paper.slices.perf_counter", lambda: next(ticks))


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("apart", [False, True])
def test_it_answers_between_two_pages(alone: Alone, files: Files, *, apart: bool) -> None:
    """The file is that of the command line, in one file or in two."""
    dialog = alone()
    choose(dialog, "language", "中文 + English")
    part(dialog, CheckBox, "sheet apart").setChecked(apart)
    chosen, seed = part(dialog, Choice, "sheet kind"), part(dialog, QLineEdit, "sheet seed").text()
    seen, turns = list[str](), count()
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    QTimer.singleShot(0, dialog, lambda: seen.append("before"))
    part(dialog, QPushButton, "sheet save").click()
    while not ready(dialog):
        assert at_work(dialog)
        assert not chosen.isEnabled(), "the pages are those that were seen when it began"
        assert not files.written or apart
        seen.append(told(dialog))
        QApplication.processEvents()
        next(turns)
    assert chosen.hasFocus()
    assert not at_work(dialog)
    assert told(dialog).startswith("Page 1 of ")
    assert {"before", "Making page 1 of 9", "Making page 9 of 9"} <= set(seen) or apart
    assert next(turns) >= 9, "a turn for each page"
    made = sheet(int(seed), 6, "table", 3, "identity")
    pages = [draw(made, tongue("both"), version()) for draw in (exercises, answers)]
    wanted = [[pages[0]], [pages[1]]] if apart else [pages]
    assert list(files.written.values()) == [pdf(one, usual_paper()) for one in wanted]


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("way", ["cancel", "escape", "close", "print"])
def test_it_can_be_cancelled(alone: Alone, files: Files, tmp_path: Path, way: str) -> None:
    out = tmp_path / "printed.pdf"

    def ask(printer: QPrinter, _parent: QWidget) -> bool:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        return True

    dialog = alone(ask_printer=ask)
    part(dialog, QPushButton, "sheet print" if way == "print" else "sheet save").click()
    QApplication.processEvents()
    assert at_work(dialog)
    match way:
        case "cancel" | "print":
            part(dialog, QPushButton, "sheet close").click()
        case "escape":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        case _:
            dialog.close()
    if way != "close":
        assert dialog.isVisible()
        assert ready(dialog)
        assert not at_work(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert not files.written
    assert not out.exists() or len(Pdf(out.read_bytes()).pages) < 9


@pytest.mark.usefixtures("slow")
def test_the_window_is_closed_meanwhile(program: Chainstep, saved: Path) -> None:
    dialog = opened(program)
    part(dialog, QPushButton, "sheet save").click()
    QApplication.processEvents()
    assert at_work(dialog)
    program.window.close()
    settle()
    assert not list(saved.iterdir())


def test_a_seed_that_is_none(alone: Alone) -> None:
    dialog = alone()
    seed = part(dialog, QLineEdit, "sheet seed")
    seed.setFocus(Qt.FocusReason.TabFocusReason)
    seed.selectAll()
    QTest.keyClicks(seed, "-1x")
    problem = part(dialog, QLabel, "sheet problem")
    assert problem.isVisible()
    assert problem.text() == "The seed is a whole number from 0 to 1000000000."
    assert part(dialog, QPushButton, "sheet save").toolTip() == problem.text()
    part(dialog, QPushButton, "sheet fresh").click()
    wait_for(lambda: ready(dialog))
    assert not problem.isVisible()
    assert int(seed.text()) >= 0


def test_names_for_a_reader(alone: Alone) -> None:
    dialog = alone("zh_CN")
    assert dialog.windowTitle() == "练习纸"
    choices = dialog.findChildren(Choice)
    assert len(choices) == 6
    assert all(choice.accessibleName() for choice in choices)
    assert part(dialog, QLineEdit, "sheet seed").accessibleName()
    assert part(dialog, QWidget, "page preview").accessibleName().startswith("第 1 页")
    assert "手算一步训练" in page(dialog)
