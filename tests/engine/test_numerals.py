"""engine.numerals: numbers as people write them, wherever they write them."""

import math
import time
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine import UserError
from engine.numerals import read_number

finite = st.floats(allow_nan=False, allow_infinity=False)
FULL_WIDTH = str.maketrans("0123456789-+.,eE/", "０１２３４５６７８９－＋．，ｅＥ／")
SUPERSCRIPT = str.maketrans("+-0123456789", "⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@given(finite, st.sampled_from("-−－–﹣"), st.sampled_from(".．。"))
def test_signs_of_any_keyboard(value: float, minus: str, point: str) -> None:
    text = repr(value).replace("-", minus).replace(".", point)
    for typed in (text, text.translate(FULL_WIDTH), f"\u3000{text}\u200b\u00a0"):
        assert read_number(typed) == value


@given(finite, st.sampled_from("×·*⋅xX＊"), st.booleans())
def test_powers_of_ten(value: float, times: str, spaced: bool) -> None:  # noqa: FBT001
    mantissa, exponent = f"{value:.17e}".split("e")
    sign = f" {times} " if spaced else times
    number = str(int(exponent))
    for power in (f"10^{number}", f"10{number.translate(SUPERSCRIPT)}", f"10**{number}"):
        assert read_number(f"{mantissa}{sign}{power}") == value
    assert read_number(f"{mantissa}{sign}10^({number})") == value


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**9), st.sampled_from("/／⁄∕"))
def test_a_fraction_is_the_nearest_float(above: int, below: int, sign: str) -> None:
    assert read_number(f"{above}{sign}{below}") == float(Fraction(above, below))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("½", 0.5), ("¼", 0.25), ("⅓", 1 / 3), ("1½", 1.5), ("-1½", -1.5), ("−½", -0.5)),
        *(("1 1/2", 1.5), ("1 ½", 1.5), ("−1 / 2", -0.5), ("1,5/2", 0.75), ("+5", 5.0)),
        *(("０．５", 0.5), ("－３", -3.0), ("1。5", 1.5), ("1，5", 1.5), ("0,125", 0.125)),
        *(("1,0000", 1.0), ("12,34", 12.34), ("1.000", 1.0), ("1234,567", 1234.567)),
        *(("−4.4921·10⁻⁹", -4.4921e-9), ("10⁻³", 0.001), ("-10^3", -1000.0), ("1e−3", 0.001)),
        *(("4,492×10⁻⁹", 4.492e-9), ("1e3", 1000.0), ("0e999", 0.0)),
    ],
)
def test_read(text: str, value: float) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize("text", ["1,000", "-1,000", "12,345", "999,999", "１，０００", "−1，000"])
def test_what_could_be_a_thousand_or_one_is_refused_with_both(text: str) -> None:
    with pytest.raises(UserError, match="could be") as fault:
        read_number(text)
    one, other = str(fault.value).split("could be ")[1].split(",")[0].split(" or ")
    assert read_number(one) == 1000 * read_number(other)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(("1 000", "1000"), ("1'000", "1000"), ("1’000", "1000"), ("1_000", "1000")),
        *(("1\u202f000", "1000"), ("1\u00a0000,5", "1000.5"), ("-1,234.5", "-1234.5")),
        *(("1.234,5", "1234.5"), ("1,000,000", "1000000"), ("1.000.000", "1000000")),
    ],
)
def test_signs_between_thousands_are_refused_with_what_is_meant(text: str, meant: str) -> None:
    with pytest.raises(UserError, match=f"write {meant}, with one decimal sign"):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        *(("∞", "infinite"), ("-∞", "infinite"), ("1/0", "by zero"), ("3/0.0", "by zero")),
        *(("1e-400", "too small"), ("1×10⁻⁹⁹⁹", "too small"), ("9" * 5000, "more than 2000")),
        *(("", "missing"), (" \u3000\u200b", "missing"), ("five", "like 0.05")),
        *(("1e999999999x", "like 0.05"), ("1/2/3", "like 0.05"), ("2^3", "like 0.05")),
        *(("1/01/2024", "like 0.05"), ("50%", "like 0.05"), ("1 2", "like 0.05")),
    ],
)
def test_refused_in_a_sentence(text: str, told: str) -> None:
    with pytest.raises(UserError, match=told):
        read_number(text)


@pytest.mark.parametrize("text", ["inf", "-Infinity", "1e999", "9" * 400, "1e999999999", "1×10⁹⁹⁹"])
def test_what_is_no_finite_number_is_left_to_whoever_needs_one(text: str) -> None:
    assert math.isinf(read_number(text))
    assert math.isnan(read_number("NaN"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("240", 240), ("1e3", 1000), ("240.0", 240), ("２４０", 240), ("−3", -3), ("4/2", 2)),
        *(("1e23", 10**23), ("12345678901234567891", 12345678901234567891), ("0e999", 0)),
        *(("1×10³", 1000), ("9" * 400, int("9" * 400))),
    ],
)
def test_whole_numbers_to_their_last_digit(text: str, value: int) -> None:
    found = read_number(text, whole=True)
    assert isinstance(found, int)
    assert found == value


def test_what_is_not_whole_stays_as_it_is() -> None:
    assert read_number("1.5", whole=True) == 1.5
    with pytest.raises(UserError, match="a whole number like 240"):
        read_number("x", whole=True)


@given(
    st.text(st.sampled_from("0123456789０½.,，。-−+eE/×10⁻³^ '_∞inf()"), max_size=30) | st.text()
)
@example("9" * 1000 + "/" + "7" * 900)
@example("0e" + "9" * 1990)
@example("1" * 1000 + "e-" + "9" * 900)
def test_any_text_is_a_number_or_a_short_sentence_at_once(text: str) -> None:
    begun = time.process_time()
    for whole in (False, True):
        try:
            value = read_number(text, whole=whole)
        except UserError as fault:
            value = 0
            assert len(str(fault)) < 160  # noqa: PT017 - either is right
        assert isinstance(value, float | int)
    assert time.process_time() - begun < 0.2


def test_the_longest_text_is_read_and_one_sign_more_is_not() -> None:
    assert read_number("0." + "1" * 1998) == float("0." + "1" * 30)
    with pytest.raises(UserError, match="more than 2000 signs"):
        read_number("0." + "1" * 1999)
    with pytest.raises(UserError, match="could be") as fault:
        read_number("1,000" + " " * 1995)
    assert "more than" not in str(fault.value)


@pytest.mark.parametrize("sign", ["\u202a", "\u202e", "\u2066", "\u2069"])
def test_marks_of_direction_are_no_part_of_a_number(sign: str) -> None:
    assert read_number(f"{sign}1{sign}5{sign}") == 15


@pytest.mark.parametrize("text", ["1.2.3", "1,2,3", "1.2,3,4", "1,2.3.4", "1_", "x_1"])
def test_too_many_signs_are_told_as_that(text: str) -> None:
    with pytest.raises(UserError, match="write it with one decimal sign and no other"):
        read_number(text)


@pytest.mark.parametrize("text", ["a.b", "a,b", "1.x", "one"])
def test_one_sign_is_not_too_many(text: str) -> None:
    with pytest.raises(UserError, match=r"write one like 0\.05"):
        read_number(text)


def test_a_long_text_is_quoted_by_its_ends() -> None:
    with pytest.raises(UserError, match="“" + "x" * 24 + "”"):
        read_number("x" * 24)
    with pytest.raises(UserError, match="“" + "x" * 12 + "…" + "y" * 12 + "”"):
        read_number("x" * 13 + "y" * 12)
