"""The page for teachers: its commands run, and its numbers are what they print or compute."""

import re
import shlex
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTreeWidget

from engine import Experiment, Sample, moment_at
from engine.files.experiment_file import load
from engine.teaching.judge import judge
from engine.teaching.lesson_file import from_bytes
from engine.teaching.parsing import parse_value
from engine.teaching.places import asked_index, parse_place
from engine.teaching.shelf import shipped
from engine.teaching.standing import Standing, trained
from engine.teaching.values import value_at
from gui.commands import run
from gui.language import speech
from gui.shell.app import Chainstep
from tests.gui.screen import popups, press

ROOT = Path(__file__).parents[2]
PAGES = {
    name: (ROOT / "docs" / name).read_text("utf-8") for name in ("teaching.md", "teaching.zh-CN.md")
}
SMALL = trained(Experiment((-2, -1.5, -0.5), (Sample(2, 1),), learning_rate=0.1, epochs=20))

pytestmark = popups
pages = pytest.mark.parametrize("page", PAGES)


def typed(text: str) -> list[str]:
    """Return the commands that are to be typed, without what they print."""
    return re.findall(r"^ {4,}(?:\$ )?(chainstep .*)$", text, re.MULTILINE)


def printed(text: str) -> list[tuple[str, list[str]]]:
    """Return each command that stands with what it prints, and those lines."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith("    $ "):
            found.append((line[6:], []))
        elif found and line.startswith("    ") and not line.lstrip().startswith("chainstep"):
            found[-1][1].append(line[4:])
    return found


def rows(text: str) -> list[list[str]]:
    """Return the rows of the table of mistakes."""
    lines = (line for line in text.splitlines() if line.startswith("| before "))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_both_have_the_same_commands_outputs_and_mistakes() -> None:
    english, chinese = PAGES.values()
    one_language = re.compile(r"--language \w+")
    assert [one_language.sub("", c) for c in typed(english)] == [
        one_language.sub("", c) for c in typed(chinese)
    ]
    assert printed(english) == printed(chinese)
    assert [row[:5] + row[6:] for row in rows(english)] == [
        row[:5] + row[6:] for row in rows(chinese)
    ]
    assert english.count("\n## ") == chinese.count("\n## ")


@pages
def test_every_command_prints_what_stands_there(
    page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, lines in printed(PAGES[page]):
        assert run(shlex.split(command)[1:]) == 0
        out = capsys.readouterr().out.splitlines()
        assert [line for line in lines if line not in out] == [], command


@pytest.mark.usefixtures("capsys")
@pages
def test_every_command_that_writes_a_file_writes_it(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.chdir(tmp_path)
    others = [c for c in typed(PAGES[page]) if c not in dict(printed(PAGES[page]))]
    assert len(others) == 6
    for command in others:
        assert run(shlex.split(command)[1:]) == 0, command
    kinds = {".pdf", ".toml", ".xml", ".chainstep"}
    assert {path.suffix for path in tmp_path.iterdir()} == kinds
    assert load(tmp_path / "small.chainstep") == SMALL.experiment


@pages
def test_every_mistake_is_told_by_its_name_and_its_lesson_asks_for_it(page: str) -> None:
    lessons = [from_bytes(path.read_bytes()) for path in shipped()]
    assert len(rows(PAGES[page])) == 12
    for at, asked, right, wrong, name, _, numbers in rows(PAGES[page]):
        index = asked_index(parse_place(at), SMALL)
        value = value_at(parse_value(asked), Standing(SMALL, index))
        assert value == pytest.approx(float(right.replace("−", "-")))
        verdict = judge(SMALL, index, wrong)
        assert [slip.name for slip in verdict.slips] == [name.strip("`")]
        assert all(0 < int(number) <= len(lessons) for number in numbers.split(","))


@pages
def test_the_numbers_of_the_plans_are_those_of_the_small_chain(page: str) -> None:
    chain = [moment_at(SMALL, step).computation for step in range(1, 8)]
    results = [f"{step.result.value:g}".replace("-", "−") for step in chain if step]
    assert results == ["−4", "6", "−3", "8", "−4", "−24", "2"]
    text = PAGES[page]
    assert all(number in text for number in ("y = −4", "z = 6", "e = −3", "∂L/∂e = −4"))
    here = Standing(SMALL, asked_index(parse_place("before update 3"), SMALL))
    for moved, number in (("+ 1", "2"), ("- 1", "50")):
        loss = value_at(parse_value(f"loss with weight 3 {moved}"), here)
        assert f"{loss:g}" == number
    own = trained(Experiment((-4, 1.5, 2), (Sample(0.5, -2),), learning_rate=0.1, epochs=20))
    for algorithm, told in (("backprop", (-6, 16, 12)), ("sign_flipped", (6, -16, -12))):
        at = Standing(own, 13)
        values = [value_at(parse_value(f"gradient {i} by {algorithm}"), at) for i in (1, 2, 3)]
        assert values == pytest.approx(told)


@pages
def test_parts_of_the_window_have_the_names_that_it_gives_them(page: str) -> None:
    language = "zh_CN" if "zh" in page else "en"
    for name in ("Chain rule", "Check", "Hide the future", "Train with this rule"):
        named = speech(language)(name)
        assert (f"“{named}”" if language == "zh_CN" else f"*{named}*") in PAGES[page].replace(
            "视图 → ", ""
        ).replace("View → ", "")


@pages
def test_the_keys_are_those_that_f1_lists(page: str, program: Chainstep) -> None:
    press(program, "F1")
    listed = program.window.findChild(QTreeWidget, "keys list")
    assert listed is not None
    heads = [listed.topLevelItem(row) for row in range(listed.topLevelItemCount())]
    known = " ".join(head.child(k).text(0) for head in heads for k in range(head.childCount()))
    keys = set(re.findall(r"\*\*(F\d+|Ctrl\+\w|[A-Z])\*\*", PAGES[page]))
    assert {"F5", "Ctrl+L", "Ctrl+T", "C"} <= keys
    assert [key for key in keys if key not in re.split(r"[ ,·/]+", known)] == []
