"""`chainstep lesson`, as the entry point runs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

import pytest

from engine.teaching.lesson import KINDS
from engine.teaching.shelf import own_folder, shipped

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.engine.conftest import Outcome

    Chainstep = Callable[..., Outcome]


@pytest.fixture
def own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the folder for lessons of one's own, empty."""
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    folder = own_folder()
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def mine(chainstep: Chainstep, tmp_path: Path) -> Path:
    """Return a new lesson."""
    path = tmp_path / "My own.toml"
    found = chainstep("lesson", "new", path)
    assert (found.status, found.out, found.err) == (0, "", "")
    return path


def test_the_lessons_that_ship_are_listed_in_both_languages(
    chainstep: Chainstep, own: Path
) -> None:
    found = chainstep("lesson", "list", "--json")
    assert (found.status, found.err) == (0, "")
    rows = found.json()
    assert len(rows) == len(shipped()) == 12
    assert not any(own.iterdir())
    assert rows[2]["id"] == "public-derivative"
    assert rows[2]["title"] == {"en": "The public derivative", "zh_CN": "公共导数"}
    for row in rows:
        assert row.keys() == {"id", "title", "steps", "minutes"}
        assert 5 <= row["steps"] <= 9
        assert 0 < row["minutes"] < 12


def test_ones_own_lessons_follow_and_what_is_none_is_told(
    chainstep: Chainstep, own: Path, mine: Path
) -> None:
    mine.rename(own / "mine.toml")
    (own / "notes.toml").write_text("buy milk")
    found = chainstep("lesson", "list", "--language", "zh_CN")
    assert found.status == 0
    assert found.out.splitlines()[12].endswith("我的一课")
    assert found.out.splitlines()[12].startswith("my-own")
    assert "notes.toml: line 1: an = is missing at column 5." in found.err
    assert chainstep("lesson", "show", "my-own").status == 0


def test_a_new_lesson_has_a_step_of_each_kind_and_no_faults(
    chainstep: Chainstep, mine: Path
) -> None:
    found = chainstep("lesson", "check", mine, "--json")
    assert (found.status, found.err) == (0, "")
    report = found.json()
    assert (report["id"], report["faults"], report["remarks"]) == ("my-own", [], [])
    text = mine.read_text("utf-8")
    # Of choices there are two: options of the author's, and slips.
    counts = [text.count(f'\nkind = "{kind}"') for kind in KINDS]
    assert sorted(counts) == [1] * (len(KINDS) - 1) + [2]
    number = next(answer for answer in report["answers"] if answer["kind"] == "number")
    assert (number["asked"], number["right"], number["untold"]) == ("upstream 2", ["2"], [])
    told = {slip["names"][0]: slip for slip in number["slips"]}
    assert told["in_place"]["value"] == pytest.approx(-7.6)
    assert told["times_input"]["sentence"].startswith("−24 = −4 × 6.")


def test_a_new_lesson_overwrites_nothing(chainstep: Chainstep, mine: Path) -> None:
    mine.write_text("precious")
    found = chainstep("lesson", "new", mine)
    assert (found.status, mine.read_text()) == (2, "precious")
    assert found.err.endswith("is there already; it is not overwritten.\n")
    assert found.err.count("\n") == 1


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('ask = "upstream 2"', 'ask = "upstream 5"', "step 3, `ask`: layer 5 does not exist; this"),
        (
            'holds = "upstream 3 > 0"',
            'holds = "loss > 0"',
            "the options 1, 2 all hold; exactly one",
        ),
        ('holds = "upstream 3 < 0"', 'holds = "loss < 0"', "none of the options holds; exactly"),
        ("= 0.3 }", "= 1.2 }", "step 7, `solution`: the goal is not reached by it."),
        ("= 1.2 }", "= 0.3 }", "step 7, `near_miss`: the goal is reached by it: it is no miss."),
        ("at < 50", "at < 500", "step 7, `goal`: the goal is reached at the start"),
        ('ask = "upstream 2"', 'ask = "diverged_at"', "the answer is never, which nobody can type"),
        ("[-2, -1.5, -0.5]", "[-2, -1.5, 1]", "the slip unchanged gives the right answer, 5"),
        ("{output 3}", "{weight 1 / 0}", "step 2, `text`: this divides by zero."),
    ],
)
def test_a_fault_is_told_with_step_and_line_and_the_status_is_1(
    chainstep: Chainstep, mine: Path, old: str, new: str, sentence: str
) -> None:
    text = mine.read_text("utf-8")
    assert old in text
    mine.write_text(text.replace(old, new), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    found = chainstep("lesson", "check", mine)
    assert (found.status, found.err) == (1, "")
    assert sentence in found.out
    (told, *_) = chainstep("lesson", "check", mine, "--json").json()["faults"]
    assert abs(told["line"] - line) <= 6 or "experiment" in text[: text.index(old)][-120:]
    assert f"line {told['line']}: step {told['step']}, `{told['field']}`: " in found.out


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('after.zh_CN = "乘以权重，“传过去”就是这么回事。"\n', "", "`after`: it is missing in zh_"),
        ("What is ∂L/∂z?", "What is ∂L/∂z? " + "Look. " * 25, "35 words in en: more than 25 have"),
        ("∂L/∂z 是多少？", "∂L/∂z 是多少？" + "看" * 40, "characters in zh_CN: more than 45"),
        ("Watch the numbers go by.", "Watch out: ∂L/∂w₃ is −24.", "−24 is computed: write {"),
        ("Watch the numbers go by.", "Watch 🙂 the numbers.", "the fonts lack 🙂."),
        ("最后 e = {output 3}", "最后", "its languages have different values in them: en: output"),
        ("near_miss = { learning_rate = 1.2 }\n", "", "`near_miss`: give one"),
        ("solution = { learning_rate = 0.3 }\n", "", "`solution`: give one"),
        ('"A square is never negative.", ', "", "`points`"),
    ],
)  # fmt: skip
def test_what_could_be_better_is_remarked(
    chainstep: Chainstep, mine: Path, old: str, new: str, sentence: str
) -> None:
    text = mine.read_text("utf-8")
    assert old in text
    mine.write_text(text.replace(old, new), "utf-8")
    found = chainstep("lesson", "check", mine)
    assert sentence in found.out
    assert found.status == (1 if "points" in sentence else 0)


def test_a_lesson_in_one_language_is_allowed_and_that_is_told_once(
    chainstep: Chainstep, mine: Path
) -> None:
    lines = [x for x in mine.read_text("utf-8").splitlines() if not re.match(r"[^=]+\.zh_CN", x)]
    mine.write_text(re.sub(r', zh_CN = "[^"]*"', "", "\n".join(lines)), "utf-8")
    found = chainstep("lesson", "check", mine)
    assert found.status == 0
    assert found.out.count("zh_CN") == 1
    assert "the lesson has no text in zh_CN; others are shown instead." in found.out


def test_a_lesson_is_printed_with_its_answers(chainstep: Chainstep) -> None:
    found = chainstep("lesson", "show", "forward")
    assert (found.status, found.err) == (0, "")
    assert "what is z?\n    Answer: output 2 = 6\n" in found.out
    assert "  ✓ L gets smaller\n  · L gets larger" in found.out
    chinese = chainstep("lesson", "show", "forward", "--language", "zh_CN").out
    assert "z 是多少？\n    答案：output 2 = 6\n" in chinese
    wide = [
        sum(2 if east_asian_width(s) in "WF" else 1 for s in line) for line in chinese.split("\n")
    ]
    assert max(wide) <= 90
    told = chainstep("lesson", "show", "forward", "--json").json()
    assert told["steps"][1]["answers"] == ["output 2 = 6"]


@pytest.mark.parametrize("action", ["show", "check"])
def test_a_lesson_that_there_is_not_is_told_in_a_line(chainstep: Chainstep, action: str) -> None:
    found = chainstep("lesson", action, "nothing")
    assert (found.status, found.out, found.err.count("\n")) == (2, "", 1)
    assert "there is no lesson 'nothing'; there are forward, why-backwards" in found.err
    found = chainstep("lesson", action, "nothing.toml")
    assert (found.status, found.err.count("\n")) == (2, 1)
    assert "nothing.toml: No such file or directory" in found.err


def test_a_file_with_faults_is_not_printed(chainstep: Chainstep, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('format = "chainstep lesson"\nversion = 1\nid = "x"\n')
    found = chainstep("lesson", "show", path)
    assert (found.status, found.out) == (2, "")
    assert "mine.toml: line 1, `title`: this field is missing." in found.err
