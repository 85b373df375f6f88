"""`chainstep lesson print`: a lesson on paper, questions and answers apart."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from engine.teaching import shelf
from engine.teaching.lesson_file import load
from gui.sheets.paging import pages_of
from gui.sheets.papers import PAPERS
from gui.sheets.pdf import pdf
from gui.sheets.picture.booklet import Booklet
from gui.sheets.picture.booklet_key import booklet
from tests.gui.sheets.conftest import Chainstep
from tests.gui.sheets.reading import Pdf

pytestmark = pytest.mark.usefixtures("qapp")


def words(pdf: Pdf) -> str:
    """Return all that is written, in one line."""
    return " ".join(pdf.text.split())


def test_questions_and_answers_apart(chainstep: Chainstep, tmp_path: Path) -> None:
    out, key = tmp_path / "lesson.pdf", tmp_path / "key.pdf"
    arguments = ("public-derivative", out, "--key", key)
    assert chainstep("lesson", "print", *arguments) == (0, "", "")
    asked, answered = Pdf(out.read_bytes()), Pdf(key.read_bytes())
    assert "2 · Predict a number" in asked.text
    assert "For the teacher:" not in words(asked)
    assert "Answer:" not in words(asked)
    # A letter stands beside its box.
    assert all(f"□\n {letter}\n" in asked.text for letter in "ABCD")
    # What is asked stands in no picture further down: −24 is ∂L/∂w₃.
    assert "−24" not in asked.text.split()
    assert "For the teacher:" in words(answered)
    assert "−24" in answered.text.split()
    assert "A weight in it is already updated." in words(answered)
    # No letter comes from a font of the system.
    assert all(font.startswith("Chainstep") for font in asked.fonts | answered.fonts)
    chainstep("lesson", "print", "public-derivative", out)
    together = Pdf(out.read_bytes())
    assert together.pages == [*asked.pages, *answered.pages]


def test_it_is_black_whatever_the_window_looks_like(qapp: QApplication) -> None:
    lesson = load(shelf.shipped()[2])
    before = qapp.palette()
    pale = QPalette()
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        pale.setColor(role, QColor("#FFC0C0"))
    qapp.setPalette(pale)
    try:
        printed = Pdf(pdf(booklet(Booklet(lesson, "en", "0")), "a4"))
    finally:
        qapp.setPalette(before)
    # A printer without colours loses nothing: there are none.
    assert len(printed.colours) > 2
    assert {colour for colour in printed.colours if len(set(colour)) > 1} == set()


@pytest.mark.parametrize("path", shelf.shipped(), ids=lambda path: path.stem)
def test_every_lesson_fits_on_its_pages(path: Path) -> None:
    lesson = load(path)
    for language, paper in (("en", "letter"), ("zh_CN", "a4"), ("es", "a4")):
        documents = booklet(Booklet(lesson, language, "0"))
        if language == "en":
            printed = Pdf(pdf(documents, paper))
            assert all(font.startswith("Chainstep") for font in printed.fonts), printed.fonts
            beside = sum(bool(step.panel) for step in lesson.steps)
            assert printed.text.count("In Chainstep a panel at the right belongs") == beside
        for document in documents:
            blocks = [block for group in document.groups for block in group.blocks]
            shown = []
            for page in pages_of(document, paper):
                end = 0.0
                for block, where, _ in page.blocks:
                    assert where.top() >= end - 1e-6
                    end = where.bottom()
                    shown.append(block)
                assert end <= 10 * PAPERS[paper][1] - 400
            assert shown == blocks


def test_a_lesson_of_one_s_own(chainstep: Chainstep, tmp_path: Path) -> None:
    lesson, out = tmp_path / "mine.toml", tmp_path / "mine.pdf"
    assert chainstep("lesson", "new", lesson)[0] == 0
    assert chainstep("lesson", "print", lesson, out, "--language", "zh_CN") == (0, "", "")
    assert "姓名" in Pdf(out.read_bytes()).text


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nothing", "a.pdf"], "nothing: there is no lesson 'nothing'"),
        (["update", "a.png"], "a.png must end in .pdf."),
        (["update", "a.pdf", "--key", "a.pdf"], "The answers need a file of their own"),
        (["update", "a.pdf", "--language", "xx"], "argument --language: invalid choice: 'xx'"),
    ],
)
def test_what_is_refused(
    arguments: list[str],
    told: str,
    chainstep: Chainstep,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    status, printed, fault = chainstep("lesson", "print", *arguments)
    assert (status, printed) == (2, "")
    assert fault.startswith(f"chainstep lesson print: {told}")
    assert not list(tmp_path.iterdir())
