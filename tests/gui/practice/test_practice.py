"""Practice as a learner meets it: → asks, Enter judges, → goes on."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine import Experiment, Phase, Sample, moment_at
from engine.quantities import Name, Quantity
from engine.teaching.outcome import Outcome
from gui.practice.field import AnswerField
from gui.shell.app import Chainstep
from gui.shell.settings import Settings
from gui.state.practice import Help, Score
from gui.state.session import Session
from gui.widgets.button import Button
from gui.widgets.verdict_box import VerdictBox
from tests.gui.listening import Heard, a_reader_listens
from tests.gui.screen import (
    answers,
    button,
    click,
    entry,
    formula,
    press,
    settle,
    shown_numbers,
    truth,
    write,
)

HAND = Experiment(
    weights=(-2.0, -1.5, -0.5), samples=(Sample(2.0, 1.0),), learning_rate=0.1, epochs=20
)
"""y, z, e, L: −4, 6, −3, 8; back: −4, −24, 2, −8, −3, −6; then 1.9, −0.7, −1.4."""

BACKWARD = ("-4", "-24", "2", "-8", "-3", "-6")


@pytest.fixture
def practice(program: Chainstep) -> Chainstep:
    """The chain that is computed by hand, practised from before the backward pass on."""
    program.session.replace_experiment(HAND)
    program.session.seek(4)
    press(program, "Ctrl+T")
    return program


def field(program: Chainstep) -> AnswerField:
    found = program.window.findChild(AnswerField)
    assert isinstance(found, AnswerField)
    return found


def said(program: Chainstep) -> str:
    found = program.window.findChild(VerdictBox)
    assert isinstance(found, VerdictBox)
    assert found.isVisible()
    return found.text


def type_in(program: Chainstep, text: str) -> None:
    press(program, "Ctrl+A")
    write(program, text)
    press(program, "Return")


def test_a_sample_is_answered_with_nothing_but_keys(practice: Chainstep) -> None:
    for number, text in enumerate(BACKWARD, start=1):
        press(practice, "Right")
        assert field(practice).hasFocus()
        assert practice.session.state.index == 4 + number - 1, "it asks before it shows"
        assert formula(practice).endswith(" = ?")
        write(practice, text)
        press(practice, "Return")
        assert practice.session.state.index == 4 + number
        assert not field(practice).isVisible()
        assert said(practice).startswith("✓ Right. ∂L/∂")
    assert f"alone: {len(BACKWARD)} of {len(BACKWARD)} · in a row: 6, at most 6" in truth(practice)
    press(practice, "Right", "Right", "Right")
    assert practice.session.state.index == 13, "updates are not asked"


@pytest.mark.parametrize("text", ["2", "2.0", "2,0", "+2", "4/2", "２", "2e0"])
def test_any_spelling_of_the_number_is_right(practice: Chainstep, text: str) -> None:
    practice.session.seek(6)
    press(practice, "Right")
    type_in(practice, text)
    assert said(practice).startswith("✓ Right.")


def test_a_wrong_number_can_be_tried_again_and_two_tries_are_alone(practice: Chainstep) -> None:
    press(practice, "Right")
    type_in(practice, "77")
    assert said(practice).startswith("Not yet.")
    assert field(practice).selectedText() == "77", "the next number replaces it"
    write(practice, "-4")
    press(practice, "Return")
    assert practice.session.state.practice is not None
    assert practice.session.state.practice.score == Score(1, 1, 1, 1)


def test_a_third_try_is_not_alone(practice: Chainstep) -> None:
    press(practice, "Right")
    for text in ("77", "78", "-4"):
        type_in(practice, text)
    practised = practice.session.state.practice
    assert practised is not None
    assert practised.score == Score(1, 0, 0, 0)
    assert practised.said is not None
    assert practised.said.outcome is Outcome.HELPED


def test_a_slip_is_named_with_its_numbers_and_lit_up(practice: Chainstep) -> None:
    practice.session.seek(6)
    press(practice, "Right")
    type_in(practice, "−24")
    assert said(practice) == (
        "Not yet. −24 = −4 × 6. The input z makes the gradient. Passing back takes w₃."
    )
    assert practice.session.state.highlight == Name(Quantity.OUTPUT, 2)
    type_in(practice, "-7,6")
    assert said(practice).startswith("Not yet. −7.6 = −4 × 1.9. A weight in it is already updated.")
    assert practice.session.state.highlight == Name(Quantity.WEIGHT, 3)
    type_in(practice, "20")
    assert "decimal point" in said(practice)


def test_a_mistake_that_explains_two_answers_is_named_and_can_be_trained(
    practice: Chainstep,
) -> None:
    """Own output for input: 12 at the gradients of w₃ and w₂."""
    session = practice.session
    for index, text in ((5, "12"), (7, "12")):
        session.seek(index)
        press(practice, "Right")
        type_in(practice, text)
    assert "2 of your last 2 answers fit: " in said(practice)
    assert "output instead of its input" in said(practice)
    click(button(practice, "train rule"))
    kept = session.state.reference
    assert kept is not None
    assert kept.experiment == replace(HAND, algorithm="own_output")
    assert session.state.look.panel == "diagnosis"
    assert session.state.question is not None, "the question still waits"
    type_in(practice, "-8")
    assert not session.state.curtained, "now the two runs can be compared"


def test_new_numbers_for_every_sample_and_the_own_ones_come_back(practice: Chainstep) -> None:
    session = practice.session
    session.choose_practice(fresh=True, which="everything")
    first = session.state.experiment
    assert first != HAND
    assert session.state.index == 0
    session.seek(13)
    press(practice, "Right")
    second = session.state.experiment
    assert second not in (first, HAND)
    assert session.state.question is not None
    assert session.state.index == 0
    press(practice, "Ctrl+T")
    assert session.state.experiment == HAND
    assert session.state.index == 4
    assert not session.state.curtained
    assert not session.state.covered


def test_what_is_practised_is_kept_for_the_next_practice_and_the_next_start(
    practice: Chainstep,
) -> None:
    session = practice.session
    session.choose_practice(which="updates", every=3)
    press(practice, "Ctrl+T", "Ctrl+T")
    assert session.state.practice is not None
    assert (session.state.practice.which, session.state.practice.every) == ("updates", 3)
    practice._settings.remember(session.state.look)
    look = Settings(practice._settings.values).look()
    assert (look.asked, look.ask_every, look.fresh) == ("updates", 3, False)
    session.choose_practice(fresh=True)
    press(practice, "Ctrl+T")
    assert session.state.experiment == HAND
    press(practice, "Ctrl+T")
    assert session.state.experiment != HAND, "new numbers from the start"


def test_what_can_not_be_read_is_told_in_the_field_and_is_no_try(practice: Chainstep) -> None:
    press(practice, "Right")
    type_in(practice, "abc")
    assert "is not a number" in said(practice)
    assert field(practice).property("faulty")
    type_in(practice, "")
    assert field(practice).property("faulty")
    question = practice.session.state.question
    assert question is not None
    assert question.tries == 0
    type_in(practice, "-4")
    assert not field(practice).property("faulty")
    assert "alone: 1 of 1" in truth(practice)


def test_going_on_asks_once_and_shows_the_second_time(practice: Chainstep) -> None:
    press(practice, "Right", "Right")
    assert said(practice) == "Answer first, or press → again to see."
    assert practice.session.state.index == 4
    press(practice, "Right")
    assert practice.session.state.index == 5
    assert said(practice) == "Shown. ∂L/∂e = −4.0000"
    assert "alone: 0 of 1" in truth(practice)
    assert shown_numbers(practice)["∂L/∂e"] == "−4.0000"


def test_right_goes_on_at_the_end_of_a_text_alone(practice: Chainstep) -> None:
    press(practice, "Right")
    write(practice, "12")
    press(practice, "Home", "Right")
    question = practice.session.state.question
    assert question is not None
    assert not question.warned
    assert field(practice).cursorPosition() == 1
    press(practice, "Right", "Right")
    assert "again to see" in said(practice)


def test_stepping_stays_free(practice: Chainstep) -> None:
    press(practice, "Right")
    press(practice, "Left")
    assert practice.session.state.index == 3
    assert practice.session.state.question is None
    assert not practice.session.state.covered
    press(practice, "Right", "Right")
    assert practice.session.state.question is not None
    practice.session.seek(13)
    settle()
    assert practice.session.state.question is None
    assert practice.session.state.practice is not None
    assert practice.session.state.practice.score.asked == 0, "who goes elsewhere is not asked"


def test_escape_gives_the_keys_back_to_the_chain(practice: Chainstep) -> None:
    press(practice, "Right")
    press(practice, "Esc")
    assert not field(practice).hasFocus()
    assert field(practice).isVisible()
    press(practice, "Left")
    assert practice.session.state.index == 3


def test_hints_say_what_the_step_does_and_then_show_the_formula(practice: Chainstep) -> None:
    session = practice.session
    assert session.state.practice is not None
    press(practice, "Right")
    press(practice, "F3")
    assert said(practice) == "Hint. The upstream gradient starts at the loss."
    hint = practice.window.findChild(Button, "hint")
    assert isinstance(hint, Button)
    assert not hint.isVisible(), "the formula is there already, with its numbers"
    type_in(practice, "-4")
    assert "alone: 0 of 1" in truth(practice)


def test_help_fades_after_three_in_a_row_and_comes_back(practice: Chainstep) -> None:
    """The gradients of one sample: the fourth one asked has no numbers in its formula."""
    session = practice.session
    for index, text in ((5, "-24"), (7, "-8"), (9, "-6")):
        session.seek(index)
        press(practice, "Right")
        assert "×" in formula(practice)
        type_in(practice, text)
    assert "from now on without the numbers" in said(practice)
    session.seek(5)
    press(practice, "Right")
    assert formula(practice).endswith("∂L/∂w₃ = ∂L/∂e · z = ?")
    assert "What will ∂L/∂w₃ be" in formula(practice)
    for _ in range(2):
        session.seek(5)
        press(practice, "Right", "Right", "Right")
    session.seek(5)
    press(practice, "Right")
    assert session.state.question is None, "the step is worked once"
    assert said(practice).startswith("Worked once.")
    assert formula(practice).endswith(" = −24.000")
    session.seek(5)
    press(practice, "Right")
    assert session.state.question is not None
    assert session.state.question.help is Help.NUMBERS


@pytest.mark.parametrize(
    ("which", "asked"),
    [
        ("backward", {Phase.SEED, Phase.GRADIENT, Phase.PASS_ON}),
        ("everything", set(Phase)),
        ("updates", {Phase.UPDATE}),
    ],
)
def test_what_is_asked_can_be_chosen(practice: Chainstep, which: str, asked: set[Phase]) -> None:
    session = practice.session
    session.choose_practice(which=which)
    found = set()
    for index in range(13):
        session.seek(index)
        session.step(1)
        if session.state.question is not None:
            found.add(session.state.question.phase)
    assert found == asked


def test_one_in_three_is_about_that_and_the_same_ones_each_time() -> None:
    session = Session()
    session.practise(on=True)
    session.choose_practice(which="everything", every=3)

    def asked() -> list[int]:
        found = []
        for index in range(300):
            session.seek(index)
            session.step(1)
            found += [index] if session.state.question is not None else []
        return found

    first = asked()
    assert 70 < len(first) < 130
    assert first == asked()


def test_the_answer_stands_nowhere_while_it_is_asked(practice: Chainstep) -> None:
    """The output is also a prediction in the editor; the future is hidden altogether."""
    session = practice.session
    session.choose_practice(which="everything")
    for index in range(3):
        session.seek(index)
        press(practice, "Right")
    assert session.state.question is not None
    assert all("?" in text for text in answers(practice))
    press(practice, "Ctrl+T")
    assert session.state.practice is None
    assert not session.state.covered
    assert not session.state.curtained
    assert answers(practice)[0].startswith("output −3.0000")


def test_play_stops_at_the_question(practice: Chainstep) -> None:
    practice.session.play(True)  # noqa: FBT003
    practice.session.step(5)
    assert not practice.session.state.playing
    assert practice.session.state.index == 4
    assert field(practice).hasFocus()


def test_another_experiment_drops_the_question(practice: Chainstep) -> None:
    press(practice, "Right")
    practice.session.replace_experiment(Experiment(weights=(0.5,)))
    settle()
    assert practice.session.state.question is None
    assert not field(practice).isVisible()
    press(practice, "Home")
    assert practice.session.state.practice is not None


def test_a_chain_of_one_neuron_asks_its_output_unseen(program: Chainstep) -> None:
    program.session.replace_experiment(
        Experiment(weights=(1.3,), samples=(Sample(0.7, 2.0),), epochs=3)
    )
    press(program, "Ctrl+T")
    program.session.choose_practice(which="everything")
    for index in (0, 5):
        program.session.seek(index)
        press(program, "Right")
        assert program.session.state.question is not None
        value = moment_at(program.session.state.run, index + 1).outputs[1]
        assert value is not None
        assert f"{value:.4f}"[:5] not in "".join(answers(program))


def test_by_mouse(practice: Chainstep) -> None:
    click(button(practice, "next_step"))
    write(practice, "-4")
    click(button(practice, "check answer"))
    assert said(practice).startswith("✓ Right.")
    click(button(practice, "next_step"))
    click(button(practice, "hint"))
    assert said(practice).startswith("Hint.")
    click(button(practice, "show answer"))
    assert said(practice).startswith("Shown.")


def test_the_menu_says_what_it_does(program: Chainstep) -> None:
    entry(program, "Practice").trigger()
    settle()
    assert program.session.state.practice is not None
    entry(program, "End the practice").trigger()
    settle()
    assert program.session.state.practice is None


@pytest.fixture
def heard(practice: Chainstep, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    with a_reader_listens(monkeypatch) as listening:
        settle()
        assert practice.session.state.practice is not None
        listening.new()
        yield listening


def test_each_verdict_is_said_once(practice: Chainstep, heard: Heard) -> None:
    press(practice, "Right")
    assert field(practice).accessibleName() == "∂L/∂e, a number"
    heard.new()
    type_in(practice, "77")
    assert heard.new() == ["Not yet. Not this number."]
    type_in(practice, "x")
    assert len(heard.new()) == 1
    type_in(practice, "-4")
    (told,) = heard.new()
    assert told.startswith("✓ Right.")
