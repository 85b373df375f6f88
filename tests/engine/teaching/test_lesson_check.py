"""What the check of a lesson says of its questions."""

import pytest

from engine.experiment import Experiment, Sample
from engine.teaching.lesson_check import Report, check
from engine.teaching.rows import verdict_rows
from engine.teaching.standing import trained
from tests.engine.teaching.test_lesson_file import CHOOSE, HEAD, NUMBER

HAND = Experiment(weights=(-2, -1.5, -0.5), samples=(Sample(2, 1),), learning_rate=0.1, epochs=20)


def checked(text: str) -> Report:
    return check((HEAD + text).encode())


def faults(text: str) -> list[str]:
    return [str(fault) for fault in checked(text).faults]


SLIPS = NUMBER.replace('kind = "number"', 'kind = "choose"\noptions = "slips"')
CARRY_OUT = """
[[step]]
kind = "carry_out"
experiment = "hand"
from = "seed"
to = "gradient 1"
prompt.en = "Go back."
"""


def test_a_choice_among_slips_needs_three_of_them() -> None:
    (answer,) = checked(SLIPS).answers
    assert faults(SLIPS) == []
    assert answer.right == ("2",)
    assert len(answer.slips) == 6
    (fault,) = faults(SLIPS.replace('"upstream 2"', '"updates"'))
    assert "step 1, `options`: slips that can be told from the answer here: 1; three" in fault


def test_a_slip_is_told_with_its_numbers_or_in_the_words_of_the_author() -> None:
    own = 'slips.times_input.en = "That is z = {output 2} times what arrives."\n'
    for text, sentence in (
        (NUMBER, "−24 = −4 × 6. The input a2 makes the gradient. Passing back takes w3."),
        (NUMBER + own, "That is z = 6 times what arrives."),
    ):
        (answer,) = checked(text).answers
        (told,) = (slip for slip in answer.slips if "times_input" in slip.names)
        assert (told.value, told.sentence) == (-24, sentence)


def test_words_for_a_slip_that_nobody_makes_there_are_a_fault() -> None:
    (fault,) = faults(NUMBER + 'slips.forgot_half.en = "Half of it."\n')
    assert "step 1, `slips.forgot_half`: no slip forgot_half is told here; there are" in fault


def test_what_is_carried_out_is_told_step_by_step() -> None:
    (answer,) = checked(CARRY_OUT).answers
    assert answer.right == (
        *("seed = −4", "gradient 3 = −24", "pass_on 3 = 2"),
        *("gradient 2 = −8", "pass_on 2 = −3", "gradient 1 = −6"),
    )


def test_a_table_to_find_a_slip_in_must_have_room_for_one() -> None:
    find = CARRY_OUT.replace("prompt", "find = true\nprompt")
    assert faults(find) == []
    (fault,) = faults(find.replace("gradient 1", "seed"))
    assert "step 1, `find`: no slip shows in this table" in fault


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("loss > 0", "loss < 0", ""),
        ("loss > 0", "loss > 1", "step 1, `options`: the options 1, 2 all hold; exactly one must."),
        ("loss < 0", "loss > 9", "step 1, `options`: none of the options holds; exactly one must."),
    ],
)
def test_exactly_one_option_must_hold(first: str, second: str, sentence: str) -> None:
    text = CHOOSE.replace('"upstream 3 < 0"', f'"{first}"').replace("upstream 3 > 0", second)
    assert [fault.partition(": ")[2] for fault in faults(text)] == [sentence] * bool(sentence)


@pytest.mark.parametrize("key", ["upstream 3 + weight 3", "-4.5"])
def test_an_author_may_say_something_to_any_wrong_value(key: str) -> None:
    (answer,) = checked(NUMBER + f'slips."{key}".en = "Added, not multiplied."\n').answers
    (told,) = (slip for slip in answer.slips if slip.value == -4.5)
    assert (told.names, told.sentence) == ((key,), "Added, not multiplied.")


def test_an_author_has_the_last_word_on_a_slip_given_by_its_value() -> None:
    (answer,) = checked(NUMBER + 'slips."gradient 3".en = "The gradient stays here."\n').answers
    (told,) = (slip for slip in answer.slips if "times_input" in slip.names)
    assert told.sentence == "The gradient stays here."


def test_a_sentence_to_the_right_value_or_to_none_is_a_fault() -> None:
    (fault,) = faults(NUMBER + 'slips."upstream 3 * weight 3".en = "No."\n')
    assert "2 is the right answer, or no number." in fault
    (fault,) = faults(NUMBER + 'slips."upstream 9".en = "No."\n')
    assert "layer 9 does not exist" in fault


@pytest.mark.parametrize(
    ("asked", "typed", "slip"),
    [
        ("updates", "240", "epochs_for_updates"),
        ("converged_at", "382", "updates_for_epochs"),
        ("converged_at", "2", "samples_for_epochs"),
        ("epochs", "480", "updates_for_epochs"),
        ("steps", "3", "layers_for_steps"),
        ("edge", "0.1", "rate_for_edge"),
        ("multiplications backprop 4", "16", "other_way_counted"),
        ("weight 3 * gradient 3", "-24", "part_alone"),
        ("gradient 3 / weight 2", "0.0625", "divided_the_other_way"),
        ("loss with weight 3 + 1", "50", "other_side"),
        ("checked 3", "26", "plus_for_minus"),
    ],
)
def test_slips_about_a_run_are_told_by_the_command_too(asked: str, typed: str, slip: str) -> None:
    run = trained(Experiment() if asked in ("updates", "converged_at", "epochs") else HAND)
    (row,) = verdict_rows(run, "before update 3", asked, [typed])
    assert (row["verdict"], row["slip"]) == ("slip", slip)
