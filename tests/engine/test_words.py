"""engine.words: what is said in English, and what other languages need to know of it."""

import pytest

from engine import UserError
from engine.words import Say, Words, counted, mark, within

say = Say()


def test_a_sentence_is_said_as_it_is_written() -> None:
    assert mark("The loss is {loss}.") == "The loss is {loss}."
    assert say("The loss is {loss}.") == "The loss is {loss}."
    assert say("") == ""


def test_a_context_is_for_the_translators_alone() -> None:
    assert say(within("verdict", "right")) == "right"
    assert say.within("verdict", "right") == "right"
    assert within("verdict", "right") != within("side", "right")


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 epochs"), (1, "1 epoch"), (2, "2 epochs"), (11, "11 epochs"), (101, "101 epochs")],
)
def test_english_has_two_forms(number: int, words: str) -> None:
    assert say.counted("{number} epoch", "{number} epochs", number) == words
    marked = counted("{number} epoch", "{number} epochs")
    assert say.chosen(marked, {"number": number}).format(number=number) == words


def test_a_number_may_be_written_in_another_way_and_other_gaps_are_filled() -> None:
    said = say.counted(
        "{number} step of {all}", "{number} steps of {all}", 1500, number="1 500", all=9
    )
    assert said == "1 500 steps of 9"


def test_an_error_has_the_form_for_its_number() -> None:
    template = counted("{value} cell", "{value} cells", "value")
    assert str(UserError(template, value=1)) == "1 cell"
    assert str(UserError(template, value=3)) == "3 cells"


def test_a_step_has_words_of_its_own_where_there_is_an_activation() -> None:
    both = Words("plain", "curved", "# plain", "# curved")
    assert (both.of(linear=True), both.of(linear=False)) == ("plain", "curved")
    assert both.comment_of(linear=True) == "# plain"
    assert both.comment_of(linear=False) == "# curved"
    one = Words("plain", comment="# plain")
    assert one.of(linear=False) == "plain"
    assert one.comment_of(linear=False) == "# plain"
    assert Words("plain").comment_of(linear=True) == ""
