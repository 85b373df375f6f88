"""gui.shell.files.preview.picture: what was understood of a table."""

import pytest

from engine import Sample
from engine.files.tables import read
from gui.shell.files.preview.picture import TablePreview

EUROPEAN = "Zeit;Wert;Bemerkung\n0,5;1.200,50;gut\n1,5;−3,25;\n2,5;NA;?\n".encode()


def preview(data: bytes, language: str = "en") -> TablePreview:
    return TablePreview(read(data), language)


def answers(shown: TablePreview) -> dict[str, str]:
    return {question.name: question.words[question.chosen] for question in shown.questions}


def choose(shown: TablePreview, name: str, words: str, data: bytes) -> TablePreview:
    question = next(q for q in shown.questions if q.name == name)
    return shown.answered(name, question.words.index(words), data)


def lines(shown: TablePreview) -> list[list[str]]:
    return [
        [
            shown.row_head(row).text,
            *(shown.cell(row, column).text for column in range(shown.columns)),
        ]
        for row in range(shown.rows)
    ]


def test_what_was_understood_is_all_there() -> None:
    shown = preview(EUROPEAN)
    assert answers(shown) == {
        "x": "Zeit",
        "target": "Wert",
        "heading": "names the columns",
        "signs": "1.234,5",
        "delimiter": "Semicolon ;",
        "encoding": "UTF-8",
    }
    assert [shown.heading(column) for column in range(shown.columns)] == [
        *("input x", "target ê", "Zeit", "Wert", "Bemerkung", "Note")
    ]
    assert lines(shown) == [
        ["1", "", "", "Zeit", "Wert", "Bemerkung", "names the columns"],
        ["2", "0.5", "1200.5", "0,5", "1.200,50", "gut", ""],
        ["3", "1.5", "−3.25", "1,5", "-3,25", "", ""],
        ["✗ 4", "", "", "2,5", "NA", "?", "In line 4 a number is missing: there is 'NA'."],
    ]


def test_lines_with_a_fault_hinder_until_they_are_left_out() -> None:
    shown = preview(EUROPEAN)
    assert (shown.good, shown.faulty) == (2, 1)
    assert "leave these lines out" in shown.hindrance
    left = shown.leaving_out(on=True)
    assert left.hindrance == ""
    assert left.samples() == (Sample(0.5, 1200.5), Sample(1.5, -3.25))


def test_what_could_be_two_numbers_is_decided_by_an_answer() -> None:
    data = b'"1,200","2,400"\n900,800\n'
    shown = preview(data)
    assert answers(shown)["signs"] == "each by itself"
    assert shown.hindrance
    thousands = choose(shown, "signs", "1,234.5", data)
    assert thousands.samples() == (Sample(1200.0, 2400.0), Sample(900.0, 800.0))
    assert choose(shown, "signs", "1234,5", data).samples()[0] == Sample(1.2, 2.4)


def test_every_answer_changes_the_lines() -> None:
    data = "a,b,c\n1,2,3\n4,5,6\n".encode("utf-16")
    shown = preview(data)
    assert answers(shown)["encoding"] == "UTF-16 LE"
    swapped = choose(shown, "x", answers(shown)["target"], data)
    assert swapped.samples() == tuple(Sample(s.target, s.x) for s in shown.samples())
    assert choose(shown, "target", "c", data).samples() == (Sample(1.0, 3.0), Sample(4.0, 6.0))
    assert choose(shown, "heading", "is data", data).faulty == 1
    assert choose(shown, "delimiter", "Semicolon ;", data).good == 0
    chinese = "甲,乙\n1,2\n".encode("gbk")
    assert choose(preview(chinese), "encoding", "Latin-1 (Windows-1252)", chinese).good == 1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_more_samples_than_the_window_shows_hinder(language: str) -> None:
    assert "64" in preview(b"a,b\n" + b"1,2\n" * 65, language).hindrance
    assert preview(b"a,b\n" + b"1,2\n" * 64, language).hindrance == ""
