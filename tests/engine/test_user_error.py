"""engine.user_error: a value or a name in a sentence is short, and all of it can be read."""

import math
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import UserError
from engine.user_error import Location, brief, cut, finite, is_float, named, printable, shown

TEXTS = st.text(max_size=200) | st.text("ab '\n\u2028\udc80", max_size=200)


@given(TEXTS)
def test_any_text_is_one_line_of_signs_that_show(text: str) -> None:
    found = printable(text)
    assert len(found.splitlines()) <= 1
    assert all(unicodedata.category(sign)[0] != "C" for sign in found)
    assert found.startswith(printable(text[:5]))
    if text.isprintable():
        assert found == text


def test_what_does_not_show_is_written_out() -> None:
    assert printable("a\x1b\n\u2028\u202e\udc80\udcff\ud800") == (
        r"a\x1b\n\u2028\u202e\x80\xff\ud800"
    )


def test_a_long_value_is_its_start_and_its_end() -> None:
    digits = "0123456789" * 6
    assert cut(digits) == digits
    assert cut(f"a{digits}") == f"a{digits[:28]}…{digits[-29:]}"
    # What is written out is cut as it is written.
    assert cut("\n" * 31) == cut(r"\n" * 31) == r"\n" * 14 + r"\…n" + r"\n" * 14


def test_a_long_name_of_a_file_is_its_end() -> None:
    name = "folder/" * 21 + "abc"
    assert len(name) == 150
    assert named(name) == name
    assert named(f"/{name}") == f"…{name[-59:]}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1.0, "1"),
        (0.5, "0.5"),
        ("1.0", "'1.0'"),
        (None, "None"),
        ((1,) * 7, "(1, 1, 1, 1, 1, 1, ...)"),
        ([[[[0]]]], "[[[[...]]]]"),
        ([[[0]]], "[[[0]]]"),
    ],
)
def test_a_value_is_quoted_shortly(value: object, expected: str) -> None:
    assert shown(value) == expected


@given(st.one_of(st.text(), st.integers(), st.lists(st.text()), st.floats()))
def test_any_value_is_short(value: object) -> None:
    assert 0 < len(shown(value)) <= 60


def test_a_number_too_long_for_python_is_left_out() -> None:
    assert shown(10**5000) == "…"


def test_in_a_sentence_only_the_long_words_are_cut() -> None:
    word, quoted = "w" * 151, f"'{'a b' * 30}'"
    assert brief(f"It's {word}, not {quoted}!") == f"It's …{'w' * 58}, not {cut(quoted)}!"
    assert brief(f"{word[1:]} \t {quoted[:59]}'") == rf"{word[1:]} \t {quoted[:59]}'"


def test_a_tuple_in_a_sentence_is_a_list() -> None:
    fault = UserError("{location}: {some}, {one}", Location("weights", 1), some=(1, "b"), one=2)
    assert str(fault) == "weights[1]: 1, b, 2"


@given(st.floats())
def test_a_quick_look_at_a_float(value: float) -> None:
    assert is_float(value) is math.isfinite(value)


@pytest.mark.parametrize("value", [1, True, "1", None, Fraction(1)])
def test_only_a_float_is_one(value: object) -> None:
    assert not is_float(value)


def test_a_real_number_becomes_a_float() -> None:
    assert (finite(2, Location("x")), finite(Fraction(1, 4), Location("x"))) == (2.0, 0.25)
    assert type(finite(2, Location("x"))) is float
