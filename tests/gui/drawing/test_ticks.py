"""gui.drawing.ticks: an axis is always marked, in round numbers that look alike."""

import math
import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from gui.drawing.ticks import Unit, log_ticks, short_ticks, ticks

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")

SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def number(words: str) -> float:
    """Read what stands at a mark."""
    text = words.replace("−", "-")
    mantissa, times, power = text.rpartition("×")
    if not times and not (text.startswith("10") and text[2:].translate(SUPERSCRIPTS) != text[2:]):
        return float(text)
    exponent = power.removeprefix("10").translate(SUPERSCRIPTS)
    return float(f"{mantissa or 1}e{exponent}")


def test_an_ordinary_axis() -> None:
    assert [mark.words for mark in ticks(-1.1, 1.1, 5)] == ["−1.0", "−0.5", "0.0", "0.5", "1.0"]
    assert [mark.words for mark in ticks(0, 240, 4)] == ["0", "100", "200"]
    assert [mark.words for mark in ticks(0, 6e17, 4)] == ["0", "2×10¹⁷", "4×10¹⁷", "6×10¹⁷"]
    assert [mark.words for mark in ticks(0, 1.1e9, 3)] == ["0", "0.5×10⁹", "1.0×10⁹"]


@given(
    st.floats(-1e12, 1e12, allow_subnormal=False),
    st.floats(1e-12, 1e13),
    st.integers(0, 12),
)
@example(0.47, 0.06, 2)
@example(0.5, 3.0, 2)
@example(501.0, 799999999299.0, 0)
def test_every_axis_has_marks_that_look_alike(low: float, span: float, most: int) -> None:
    assume(span > 1e-6 * abs(low))
    marks = ticks(low, low + span, most)
    assert 2 <= len(marks) <= max(most, 2)
    steps = [b.place - a.place for a, b in pairwise(marks)]
    assert steps == pytest.approx([steps[0]] * len(steps))
    for place, words in marks:
        assert low - 1e-6 * span <= place <= low + span + 1e-6 * span
        assert number(words) == pytest.approx(place, abs=1e-6 * span)
        assert "-" not in words
        assert "e" not in words
    decimals = {len(m.words.partition("×")[0].partition(".")[2]) for m in marks if m.words != "0"}
    assert len(decimals) == 1
    step = Decimal(str(float(f"{steps[0]:.3g}"))).as_tuple()
    round_steps = ("1", "2", "4", "5")
    assert len(marks) == 2 or "".join(map(str, step.digits)).rstrip("0") in round_steps


@given(st.floats(-320, 300), st.floats(0.01, 600), st.integers(0, 12))
@example(-17.2, 17.3, 6)
@example(-0.31, 0.1, 4)
def test_every_logarithmic_axis_has_marks(low: float, span: float, most: int) -> None:
    high = min(low + span, 307)
    assume(high > low > -300)
    marks = log_ticks(low, high, most)
    assert len(marks) >= 2
    assert marks == sorted(marks)
    for place, words in marks:
        assert low - 1e-6 <= place <= high + 1e-6
        assert math.log10(number(words)) == pytest.approx(place, abs=1e-3)
        assert not re.search("[-e]", words)


def test_a_logarithmic_axis_in_one_notation() -> None:
    assert [mark.words for mark in log_ticks(-17.2, 0.1, 4)] == ["10⁻¹⁵", "10⁻¹⁰", "10⁻⁵", "1"]
    assert [mark.words for mark in log_ticks(-3.2, 0.1, 5)] == ["0.001", "0.01", "0.1", "1"]


@pytest.mark.parametrize(("low", "high"), [(1.0, 1.0), (2.0, 1.0), (0.0, math.inf), (math.nan, 1)])
def test_what_is_no_axis_has_no_marks(low: float, high: float) -> None:
    assert ticks(low, high, 5) == log_ticks(low, high, 5) == []


def test_where_the_ends_differ_in_their_last_digits_only_those_are_written() -> None:
    marks, unit = short_ticks(1.976262, 1.97626200001, 4)
    assert unit == ("1.976262", "10⁻¹¹")
    assert [mark.words for mark in marks] == ["0", "0.5", "1.0"]
    assert unit.named("w₂") == "w₂ − 1.976262 (×10⁻¹¹)"
    assert Unit("−1.5").named("w₂") == "w₂ + 1.5"
    assert Unit().named("w₂") == "w₂"
    assert short_ticks(-6, 6, 4) == (ticks(-6, 6, 4), ("", ""))


@given(st.floats(-1e6, 1e6), st.floats(1e-9, 1e6))
def test_short_marks_say_where_they_stand(low: float, width: float) -> None:
    marks, unit = short_ticks(low, low + width, 4)
    base = float(unit.base.replace("−", "-") or 0)
    power = float("1e" + unit.power[2:].translate(SUPERSCRIPTS)) if unit.power else 1.0
    for mark in marks:
        said = base + float(mark.words.replace("−", "-")) * power
        assert said == pytest.approx(mark.place, abs=width / 1e3 + 1e-9)
        assert len(mark.words) <= 7
