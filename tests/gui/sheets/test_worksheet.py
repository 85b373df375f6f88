"""`chainstep worksheet`: exercises on paper that can be read, copied and printed again."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QPainter

from engine.teaching.sheets import KINDS, sheet
from gui.sheets import drawing
from gui.sheets.paging import Page, pages_of, paint
from gui.sheets.papers import PAPERS
from gui.sheets.pdf import pdf
from gui.sheets.picture.answers import answers
from gui.sheets.picture.blocks import Chain, Document, Group, Program, Prose, Table, Text
from gui.sheets.picture.exercises import exercises
from gui.sheets.picture.tongue import choices, tongue
from tests.gui.sheets.conftest import Chainstep
from tests.gui.sheets.reading import Pdf

pytestmark = pytest.mark.usefixtures("qapp")


def test_a_sheet_with_its_answers(chainstep: Chainstep, tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    assert chainstep("worksheet", out, "--count", 2, "--seed", 7) == (0, "", "")
    pdf = Pdf(out.read_bytes())
    assert len(pdf.pages) == 3, "an exercise a page, and their answers on one of their own"
    first, second, key = ("\n".join(page) for page in pdf.pages)
    for number, page in ((1, first), (2, second)):
        assert f"Exercise {number}" in page
        assert "Answer" not in page
    assert "Exercise" not in key
    for piece in ("Answer 1", "Answer 2", "2 × (−0.3)", "3 − 0.5 × 2"):
        assert piece in key.splitlines()
    # "=" can be copied, also before ½.
    assert "∂L/∂w₃ = ∂L/∂e · z" in first.replace("\n", "")
    assert "L = ½(e − ê)²" in first.replace("\n", "")
    for page in (first, second, key):
        assert "--kind table --seed 7 --count 2 --layers 3" in page
    assert "-20" not in first.replace("−", "-"), "no result stands on the exercise"
    assert pdf.size == (595, 842)
    assert pdf.fonts
    assert all(font.startswith("Chainstep") for font in pdf.fonts)
    assert b"Date" not in pdf.content


def test_another_process_writes_the_same_file(chainstep: Chainstep, tmp_path: Path) -> None:
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"
    arguments = ("--count", "1", "--language", "both", "--kind", "find")
    assert chainstep("worksheet", one, *arguments)[0] == 0
    command = (sys.executable, "-m", "gui", "worksheet", str(other), *arguments)
    subprocess.run(command, check=True, timeout=60)
    assert one.read_bytes() == other.read_bytes()


def test_the_answers_in_a_file_of_their_own(chainstep: Chainstep, tmp_path: Path) -> None:
    out, key = tmp_path / "sheet.pdf", tmp_path / "key.PDF"
    arguments = ("--key", key, "--paper", "letter", "--count", 1, "--language", "both")
    assert chainstep("worksheet", out, *arguments) == (0, "", "")
    learners, teachers = Pdf(out.read_bytes()), Pdf(key.read_bytes())
    assert "练习 1 · Exercise 1" in learners.text.replace("\n", "")
    assert "答案" not in learners.text
    assert "答案 1 · Answer 1" in teachers.text.replace("\n", "")
    assert learners.size == teachers.size == (612, 792)


def test_json(chainstep: Chainstep, tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    status, printed, _ = chainstep("worksheet", out, "--count", 3, "--seed", 7, "--json")
    told = json.loads(printed)
    assert status == 0
    assert out.exists()
    assert told["seed"] == 7
    assert len(told["exercises"]) == 3
    first = told["exercises"][0]
    assert first["weights"] == [3, 2, 2.5]
    assert first["samples"] == [{"x": -0.1, "target": 2.5}]
    assert first["learning_rate"] == 0.5
    assert first["values"] == [-0.3, -0.6, -1.5, 8, -4, 2.4, -10, 3, -20, 2, 1.3, 0.5, 2]
    out.unlink()
    assert chainstep("worksheet", "--count", 3, "--seed", 7, "--json") == (0, printed, "")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sheet.png"], "sheet.png must end in .pdf."),
        ([], "Name the PDF that is to be written, or print the exercises with --json."),
        (["a.pdf", "--key", "key.txt"], "key.txt must end in .pdf."),
        (["a.pdf", "--key", "./a.pdf"], "The answers need a file of their own, not ./a.pdf too."),
        (["a.pdf", "--key", "b/../a.pdf"], "The answers need a file of their own, not b/../a.pdf"),
        (["a.pdf", "--count", "0"], "--count must be a whole number from 1 to 60, not 0."),
        (["a.pdf", "--layers", "6"], "--layers must be a whole number from 1 to 5, not 6."),
        (["a.pdf", "--kind", "essay"], "argument --kind: invalid choice: 'essay'"),
        (["a.pdf", "--paper", "a5"], "argument --paper: invalid choice: 'a5'"),
        (["--json", "--key", "k.pdf"], "Name the file of the exercises too"),
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
    status, printed, fault = chainstep("worksheet", *arguments)
    assert (status, printed) == (2, "")
    assert fault.startswith(f"chainstep worksheet: {told}")
    assert fault.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there(chainstep: Chainstep, tmp_path: Path) -> None:
    status, _, fault = chainstep("worksheet", tmp_path / "no" / "a.pdf", "--count", 1)
    assert status == 2
    assert "No such file or directory" in fault


def is_empty_beside(page: Page, document: Document, paper: str) -> bool:
    """Tell whether the margins at the left and the right of a page are white."""
    image = QImage(*(round(side) for side in PAPERS[paper]), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.scale(0.1, 0.1)
    paint(page, painter, document, paper, 1, 1)
    painter.end()
    margins = (image.copy(x, 0, 48, image.height()) for x in (0, image.width() - 48))
    return all(set(bytes(margin.constBits())) == {0xFF} for margin in margins)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paper", PAPERS)
def test_no_table_is_cut_and_nothing_overlaps(kind: str, paper: str) -> None:
    for layers, activation in ((1, "identity"), (2, "relu"), (3, "identity"), (5, "identity")):
        made = sheet(3, 3, kind, layers, activation)
        for document in (
            exercises(made, tongue("both"), "0"),
            answers(made, tongue("both"), "0"),
        ):
            shown = []
            for page in pages_of(document, paper):
                # The longest chain needs the most room.
                assert layers < 5 or is_empty_beside(page, document, paper)
                height, end = 10 * PAPERS[paper][1], 0.0
                for block, where, stretch in page.blocks:
                    assert where.top() >= end - 1e-6
                    end = where.bottom()
                    shown.append(block)
                    if isinstance(block, Table) and not block.tight:
                        assert stretch * block.row >= 16, "room to write in"
                    if isinstance(block, Chain):
                        assert where.height() >= 900
                assert end <= height - 400, "clear of the foot"
            assert tuple(shown) == tuple(b for group in document.groups for b in group.blocks)
            assert any(isinstance(block, (Table, Program)) for block in shown)


@pytest.mark.parametrize("language", choices())
@pytest.mark.parametrize("kind", KINDS)
def test_every_language_has_its_own_words(kind: str, language: str) -> None:
    made = sheet(3, 2, kind, 2, "tanh")

    def titles(language: str) -> list[str]:
        return [pages(made, tongue(language), "0").title for pages in (exercises, answers)]

    assert (titles(language) == titles("en")) == (language == "en")


def test_a_chain_on_paper_says_and_offers_nothing_of_a_window(
    monkeypatch: pytest.MonkeyPatch, handles: list[bool]
) -> None:
    drawn, draw = [], drawing.draw_scene

    def watched(*parts: object) -> None:
        drawn.append(parts[2])
        draw(*parts)

    monkeypatch.setattr(drawing, "draw_scene", watched)
    pdf([exercises(sheet(7, 2), tongue("both"), "0")], "a4")
    assert len(drawn) == len(handles) == 2
    assert not any(handles), "nothing can be dragged"
    for picture in drawn:
        # Nothing is computed yet: all that is dashed is empty.
        assert picture.captions[0].text == "前向传播：值 → · forward: values →"


def test_no_line_ends_within_a_symbol() -> None:
    told = "它要乘以∂L/∂w₃，" * 60
    blocks = (Text(told), Prose(told))
    (page,) = Pdf(pdf([Document("", (Group(blocks),), "")], "a4")).pages
    # A piece ends with its line; a letter may come from another font than the next.
    assert "".join(page).count("∂L/∂w₃") == page.count("L/∂w₃") == 120


def test_a_mistake_is_told_with_what_it_should_be() -> None:
    _, second = answers(sheet(7, 2, "check"), tongue("en"), "0").groups
    told = [block.text for block in second.blocks if isinstance(block, Text)]
    assert told[1] == (
        "∂L/∂w₂ is wrong. Two mistakes give this number. Either: The sign is turned around. Nothing"
        " in the formula does that. Or: That takes the layer’s own output. The gradient takes its"
        " input. It must be −6."
    )


def test_two_languages_share_a_colon() -> None:
    assert tongue("both").line("The first wrong row:") == "第一个错的行 · The first wrong row:"
    assert tongue("zh_CN").line("The first wrong row:") == "第一个错的行："
