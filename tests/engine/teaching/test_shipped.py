"""What every lesson that ships, and a new one, is checked for by machine."""

import subprocess
import sys
import time
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont

from engine.assets import asset
from engine.teaching.answers import judge_answer, slips_of
from engine.teaching.lesson import Number
from engine.teaching.lesson_check import check
from engine.teaching.lesson_file import from_bytes
from engine.teaching.letters import characters
from engine.teaching.shelf import shipped, template

FILES = {path.stem: path.read_bytes() for path in shipped()} | {"new": template().encode()}
QUESTIONS = [
    pytest.param(step, id=f"{name}-{step.number}")
    for name, data in FILES.items()
    for step in from_bytes(data).steps
    if isinstance(step, Number)
]
FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


@pytest.mark.parametrize("name", FILES)
def test_a_lesson_has_neither_faults_nor_remarks(name: str) -> None:
    report = check(FILES[name])
    assert [str(fault) for fault in (*report.faults, *report.remarks)] == []


@pytest.mark.parametrize("name", FILES)
def test_a_lesson_opens_at_once(name: str) -> None:
    times = []
    for _ in range(3):
        start = time.process_time()
        from_bytes(FILES[name])
        times.append(time.process_time() - start)
    assert min(times) < 0.1


def spellings(value: float) -> dict[str, str]:
    """Return how people write a number, by the decimal sign that their language has."""
    text = repr(value).removesuffix(".0")
    fraction = Fraction(value).limit_denominator(100_000)
    mantissa, exponent = f"{value:.6e}".split("e")
    return {
        text: ".",
        text.replace("-", "−"): ".",
        text.replace(".", ","): ",",
        text.translate(FULL_WIDTH): ".",
        f"{fraction.numerator}/{fraction.denominator}": ".",
        f"{mantissa}×10^{int(exponent)}": ".",
        f" {value:.12g} ": ".",
        f"{value:.3g}": ".",
    }


@pytest.mark.parametrize("step", QUESTIONS)
def test_the_right_answer_is_accepted_in_every_spelling_and_with_three_digits(
    step: Number,
) -> None:
    for text, sign in spellings(step.answer + 0.0).items():
        assert judge_answer(step, text, sign).kind == "right", text


@pytest.mark.parametrize("step", QUESTIONS)
def test_no_slip_is_taken_for_right_and_each_is_named(step: Number) -> None:
    for told in slips_of(step).told:
        verdict = judge_answer(step, repr(told.value))
        assert verdict.kind == "slip", told
        assert {slip.name for slip in verdict.slips} == set(told.names)
        rounded = judge_answer(step, f"{told.value:.3g}")
        assert not rounded.is_right, told


def test_who_takes_epochs_for_updates_is_told() -> None:
    (asked,) = (param.values[0] for param in QUESTIONS if param.values[0].ask.text == "updates")
    verdict = judge_answer(asked, "160")
    assert (asked.answer, verdict.kind) == (320, "slip")
    assert [slip.name for slip in verdict.slips] == ["epochs_for_updates"]


def test_questions_can_tell_what_beginners_mistake() -> None:
    told = {name for param in QUESTIONS for t in slips_of(param.values[0]).told for name in t.names}
    assert len(told) >= 25


def test_lessons_are_read_checked_and_answered_without_qt_or_numpy() -> None:
    program = (
        "import sys, engine.teaching.lesson_check as c, engine.teaching.shelf as s;"
        "[c.check(p.read_bytes()) for p in s.shipped()];"
        "print({m.split('.')[0] for m in sys.modules} & {'PySide6', 'numpy', 'pyqtgraph', 'gui'})"
    )
    found = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[3],
    )
    assert found.stdout == "set()\n"


@pytest.mark.usefixtures("qapp")
def test_the_letters_of_a_font_are_those_that_qt_finds() -> None:
    path = asset("fonts", "ChainstepSansSC-Regular.ttf")
    font, known = QRawFont(str(path), 16), characters(path)
    signs = [0x20, 0x41, 0xEA, 0x2202, 0x4E00, 0x6570, 0x7384, 0x9F98, 0xFF0C, 0x1F642, 0x3042]
    assert [sign in known for sign in signs] == [font.supportsCharacter(sign) for sign in signs]
    assert len(known) > 6000
