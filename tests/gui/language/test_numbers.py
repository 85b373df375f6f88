"""gui.language.numbers: numbers as people read and write them."""

import math
import re
from decimal import Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from engine import UserError
from gui.language import numbers
from tests.gui import reading

finite = st.floats(allow_nan=False, allow_infinity=False)
digits_shown = st.integers(2, 15)


# --- rounded -------------------------------------------------------------------------------


@given(finite, digits_shown)
@example(0.99999, 3)
@example(-9.9996e-5, 4)
@example(999999.5, 6)
@example(999999.5, 2)
@example(2.5, 2)
@example(5e-324, 15)
@example(1.7976931348623157e308, 2)
def test_rounded_is_what_decimal_rounds_to(value: float, digits: int) -> None:
    assume(value != 0)
    text = numbers.rounded(value, digits, numbers.POINT)
    expected = Context(prec=digits).create_decimal(Decimal(value))
    assert reading.number(text) == Fraction(expected)
    assert reading.significant(text) == digits


@given(finite, digits_shown)
def test_rounded_writes_only_real_minus_signs_and_superscripts(value: float, digits: int) -> None:
    text = numbers.rounded(value, digits, numbers.POINT)
    assert re.fullmatch(r"−?\d+(\.\d+)?(×10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?", text)
    assert text.startswith("−") == (value < 0)
    assert ("×" in text) == (value != 0 and not 1e-4 <= _shown_size(value, digits) < 10**digits)


def _shown_size(value: float, digits: int) -> float:
    return abs(float(f"{value:.{digits - 1}e}"))


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (-0.12507304732298738, 5, "−0.12507"),
        (3.14159e-9, 5, "3.1416×10⁻⁹"),
        (-1.5e300, 2, "−1.5×10³⁰⁰"),
        (1.0, 5, "1.0000"),
        (0.0001, 3, "0.000100"),
        (0.000099, 3, "9.90×10⁻⁵"),
        (0.0, 5, "0"),
        (-0.0, 5, "0"),
        (math.inf, 5, "∞"),
        (-math.inf, 5, "−∞"),
        (math.nan, 5, "NaN"),
        (-math.nan, 5, "NaN"),
    ],
)
def test_rounded_by_example(value: float, digits: int, text: str) -> None:
    assert numbers.rounded(value, digits, numbers.POINT) == text


# --- exact and given -----------------------------------------------------------------------


@given(finite)
def test_exact_reads_back_to_the_same_float(value: float) -> None:
    text = numbers.exact(value, numbers.POINT)
    assert "-" not in text
    back = numbers.parsed(text)
    assert back == value
    assert math.copysign(1, back) == math.copysign(1, value)


@pytest.mark.parametrize(
    ("value", "text"), [(0.05, "0.05"), (-1.0, "−1"), (1e-9, "1e−09"), (100.0, "100")]
)
def test_exact_is_short(value: float, text: str) -> None:
    assert numbers.exact(value, numbers.POINT) == text


@given(finite, digits_shown)
def test_given_is_exact_or_rounded(value: float, digits: int) -> None:
    text = numbers.given(value, digits, numbers.POINT)
    if len(numbers.exact(value, numbers.POINT)) > digits + 3:
        assert text == numbers.rounded(value, digits, numbers.POINT)
    else:
        assert numbers.parsed(text, whole=False) == value
        assert "e" not in text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.05, "0.05"), (-1.0, "−1"), (-0.52133, "−0.52133"), (1 / 3, "0.33333")],
)
def test_given_keeps_a_short_number_as_it_was_typed(value: float, text: str) -> None:
    assert numbers.given(value, 5, numbers.POINT) == text


# --- parsed --------------------------------------------------------------------------------


@given(finite)
def test_parsed_reads_either_decimal_sign_and_either_minus(value: float) -> None:
    text = repr(value)
    assume(not re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text))  # with a comma, perhaps a thousand
    for changed in (text, text.replace(".", ","), text.replace("-", "−"), f"  {text}\t"):
        assert numbers.parsed(changed) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [(".5", 0.5), (",5", 0.5), ("5,", 5.0), ("+1", 1.0), ("−1e−3", -0.001), ("1E3", 1000.0)],
)
def test_parsed_by_example(text: str, value: float) -> None:
    assert numbers.parsed(text) == value


@pytest.mark.parametrize("text", ["", "   ", "\t\n"])
def test_nothing_is_told_as_missing(text: str) -> None:
    with pytest.raises(UserError, match=r"^A number is missing here\.$"):
        numbers.parsed(text)


@pytest.mark.parametrize(
    "text",
    [
        *("1.000,5", "1,000.5", "1,000,000", "1.2.3", "1_000", "1,2,3", "..", "_1"),
        *("abc", "1 000", "--1", "−−1", "- 1", "1e", "e5", "0x10", "2^3", "1/2/3", "∞", "−"),
        *("1;5", "(1)", "1e5,5", "{location}", "{0}", "%s"),
    ],
)
def test_what_is_no_number_is_refused_with_a_sentence_that_quotes_it(text: str) -> None:
    with pytest.raises(UserError) as fault:
        numbers.parsed(text)
    assert str(fault.value).startswith(f"“{text}” is not a number: ")


@pytest.mark.parametrize("text", ["1.000,5", "1,000.5", "1,000,000", "1.2.3", "1_000"])
def test_what_could_mean_two_things_is_told_so(text: str) -> None:
    with pytest.raises(UserError, match="with one decimal sign and no other"):
        numbers.parsed(text)


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_a_problem(text: str) -> None:
    try:
        value = numbers.parsed(text)
    except UserError as fault:
        assert str(fault).endswith(".")  # noqa: PT017 - either is right
    else:
        assert isinstance(value, float)


# --- the rest ------------------------------------------------------------------------------


@given(st.floats(1e-300, 1e300))
def test_power_is_the_leading_digit(value: float) -> None:
    shown = reading.number(numbers.power(value, numbers.POINT))
    assert abs(shown / Fraction(value) - 1) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("value", "text"), [(0.0, "0"), (3.1e-11, "3×10⁻¹¹"), (0.02, "0.02"), (math.inf, "∞")]
)
def test_power_by_example(value: float, text: str) -> None:
    assert numbers.power(value, numbers.POINT) == text


@given(st.integers(0, 10**6))
def test_subscript_reads_back(number: int) -> None:
    text = numbers.subscript(number)
    assert all("₀" <= sign <= "₉" for sign in text)
    assert int("".join(str(ord(sign) - ord("₀")) for sign in text)) == number


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0.5"), (4.0, "4"), (250.0, "250"), (1500.0, "1\u202f500"), (1e5, "100\u202f000")],
)
def test_a_pace_is_plain(value: float, text: str) -> None:
    assert numbers.plain_rounded(value, numbers.POINT) == text


@given(st.floats(0.5, 100_000))
@example(999.9)
def test_no_pace_is_written_with_an_exponent(value: float) -> None:
    assert "e" not in numbers.plain_rounded(value, numbers.POINT)
