"""File → Export: pictures, tables and programs of what is shown."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFileDialog

from engine import Experiment, Sample
from engine.files.samples_file import load_samples
from engine.teaching import shelf
from gui.shell.app import Chainstep
from tests.gui.screen import (
    enter,
    entry,
    image,
    notice,
    popups,
    press,
    settle,
    show_experiment,
    take,
)

pytestmark = popups

RGB = QImage.Format.Format_RGB32

PICTURES = ("window", "chain", "plots", "panel")
TEXTS = ("sample", "history", "data", "program")


class Dialog:
    """Answers with a file in `folder`: under the proposed name, or with another ending."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.proposed, self.ending, self._folder = "", "", folder
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self._answer)

    def _answer(self, _parent: object, _title: str, start: str, *_rest: object) -> tuple[str, str]:
        self.proposed = Path(start).name
        name = self.proposed
        if self.ending:
            name = str(Path(name).with_suffix(self.ending))
        return str(self._folder / name), ""

    @property
    def file(self) -> Path:
        return next(self._folder.iterdir())


@pytest.fixture
def dialog(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Dialog:
    folder = tmp_path / "exports"
    folder.mkdir()
    return Dialog(monkeypatch, folder)


def export(program: Chainstep, name: str) -> None:
    """Choose an entry of the menu File → Export."""
    take(program, program.parts.actions[f"export {name}"].text())


@pytest.mark.parametrize("part", PICTURES)
def test_a_part_is_exported_as_a_fine_png(program: Chainstep, dialog: Dialog, part: str) -> None:
    press(program, *["Right"] * 8)
    export(program, f"picture {part}")
    expected = f"The article learn e = −x, {part}, epoch 1, sample 1, step 8.png"
    assert dialog.file.name == dialog.proposed == expected
    image = QImage(str(dialog.file))
    widgets = {"window": program.window, "chain": program.window.chain}
    if part in widgets:
        assert image.size() == 2 * widgets[part].size()
    assert len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in (90, 200)}) > 2


def test_a_picture_of_another_kind_is_an_svg(program: Chainstep, dialog: Dialog) -> None:
    dialog.ending = ".svg"
    export(program, "picture chain")
    assert dialog.file.read_text("utf-8").count("<path") > 10


@pytest.mark.parametrize("part", ["window", "chain"])
@pytest.mark.parametrize("ending", [".png", ".svg"])
def test_nothing_on_paper_looks_as_if_it_can_be_dragged_or_has_the_keys(
    program: Chainstep, dialog: Dialog, handles: list[bool], part: str, ending: str
) -> None:
    chain = program.window.chain
    chain.setFocus()
    press(program, "Down")
    ringed, marks = image(chain), list(handles)
    assert marks[-1], "on screen it does"
    dialog.ending = ending
    export(program, f"picture {part}")
    assert handles[len(marks) :].count(False) == 1
    drawn = QImage(program.window.size() if part == "window" else chain.size(), RGB)
    painter = QPainter(drawn)
    QSvgRenderer(dialog.file.read_bytes()).render(painter) if ending == ".svg" else (
        painter.drawImage(drawn.rect(), QImage(str(dialog.file)))
    )
    painter.end()
    where = QRect(chain.mapTo(program.window, QPoint()), chain.size())
    drawn = drawn.copy(where) if part == "window" else drawn
    assert chain._ring.at is not None
    left, top, *_ = chain._ring.at.where
    corner = (QPointF(left, top + 12) * chain._scale - QPointF(5, 0)).toPoint()
    ground = drawn.pixelColor(corner - QPoint(6, 0))
    assert drawn.pixelColor(corner) == ground != ringed.pixelColor(corner)
    assert image(chain) == ringed, "the window stays as it was"


def test_an_svg_looks_the_same_where_our_fonts_are_not_known(
    program: Chainstep, dialog: Dialog
) -> None:
    press(program, *["Right"] * 8)
    dialog.ending = ".svg"
    export(program, "picture chain")
    chain, drawn = program.window.chain, dialog.file.read_text("utf-8")
    assert "−0.12507" in drawn
    anywhere = drawn.replace("Chainstep Sans", "Nowhere").replace("Chainstep Math", "Nowhere")
    image = QImage(chain.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(anywhere.encode()).render(painter)
    painter.end()
    assert unlike(image, chain.grab().toImage()) < 0.01


def unlike(one: QImage, other: QImage) -> float:
    """Return the share of two pictures that is not nearly the same, seen from afar."""
    assert one.size() == other.size()
    near, size = Qt.TransformationMode.SmoothTransformation, one.size() / 4
    first, second = (image.scaled(size, mode=near) for image in (one, other))
    places = [(x, y) for x in range(size.width()) for y in range(size.height())]
    apart = [
        abs(first.pixelColor(*p).lightness() - second.pixelColor(*p).lightness()) for p in places
    ]
    return sum(difference > 40 for difference in apart) / len(places)


def test_nothing_hangs_over_the_status_line_in_an_svg(program: Chainstep, dialog: Dialog) -> None:
    program.window.resize(1100, 700)
    settle()
    dialog.ending = ".svg"
    export(program, "picture window")
    image = QImage(program.window.size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    QSvgRenderer(dialog.file.read_bytes()).render(painter)
    painter.end()
    bar = program.window.statusBar().geometry()
    assert unlike(image.copy(bar), program.window.grab().toImage().copy(bar)) < 0.02


def test_what_is_closed_has_no_picture(program: Chainstep, dialog: Dialog) -> None:
    program.window.plots_dock.close()
    settle()
    export(program, "picture plots")
    assert "closed" in notice(program)
    assert not dialog.proposed


def test_the_numbers_of_a_sample_and_of_all_updates(program: Chainstep, dialog: Dialog) -> None:
    press(program, *["Right"] * 13)
    export(program, "sample")
    rows = list(csv.reader(dialog.file.read_text("utf-8").splitlines()))
    assert len(rows) > 10
    assert "0.1249122161434036" in {cell for row in rows for cell in row}
    dialog.file.unlink()
    export(program, "history")
    assert len(dialog.file.read_text("utf-8").splitlines()) == 481


def test_training_data_reads_back(program: Chainstep, dialog: Dialog, tmp_path: Path) -> None:
    samples = (Sample(1e-320, -0.0), Sample(1 / 3, -1e300))
    show_experiment(program, tmp_path, Experiment(samples=samples, epochs=1))
    export(program, "data")
    assert load_samples(dialog.file) == samples


def test_a_program_runs(program: Chainstep, dialog: Dialog) -> None:
    export(program, "program")
    ran = subprocess.run([sys.executable, dialog.file], capture_output=True, text=True, check=True)
    assert repr(program.session.state.run.final_weights[0]) in ran.stdout


def test_names_follow_the_experiment_and_the_language(program: Chainstep, dialog: Dialog) -> None:
    enter(program, "learning_rate", "0.7")
    press(program, "Ctrl+Shift+S")
    assert dialog.proposed == "The article learn e = −x, changed.chainstep"
    program.session.open(Experiment(weights=(0.5,) * 5, activation="tanh", epochs=3), None)
    program.session.set_look(language="zh_CN")
    settle()
    export(program, "history")
    assert dialog.proposed == "5 层、tanh，更新.csv"


def test_questions_and_the_lesson_that_is_open(program: Chainstep, dialog: Dialog) -> None:
    dialog.ending = ".gift"
    take(program, "Questions (Moodle, GIFT, Anki)…")
    text = dialog.file.read_text("utf-8")
    assert text.startswith("$CATEGORY")
    assert "x \\= 1" in text
    dialog.file.unlink()
    booklet = entry(program, "Lesson as a booklet (PDF)…")
    assert not booklet.isEnabled()
    program.parts.lessons.open_path(shelf.shipped()[2])
    settle()
    dialog.ending = ""
    take(program, "Lesson as a booklet (PDF)…")
    assert dialog.file.name == "The public derivative.pdf"
    assert dialog.file.read_bytes().startswith(b"%PDF-")
    dialog.file.unlink()
    take(program, "Questions (Moodle, GIFT, Anki)…")
    assert dialog.proposed == "The public derivative.xml"
    assert b"The public derivative" in dialog.file.read_bytes()
