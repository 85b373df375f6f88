"""Hints in three stages: a thought, the formula, the formula with numbers."""

from engine.experiment import Experiment, Sample
from engine.teaching.lesson import CarryOut, Lesson, LessonStep, Number, Text
from engine.teaching.parsing import parse_value
from engine.teaching.places import StepName, parse_place
from engine.teaching.session import LessonSession, Reply, begin
from gui.language import speech
from gui.lesson.hints import hints_in, hints_shown
from gui.state import State

HAND = Experiment(weights=(-2, -1.5, -0.5), samples=(Sample(2, 1),), learning_rate=0.1, epochs=20)
ASKED = Number(experiment=HAND, at=parse_place("before pass_on 3"), ask=parse_value("upstream 2"))
OWN = (Text((("en", "Think."),)), Text((("en", "Multiply."),)))
FORMULA, NUMBERS = "∂L/∂z = ∂L/∂e · w₃ = ?", "∂L/∂z = ∂L/∂e · w₃ = −4.0000 × (−0.50000) = ?"


def begun(step: LessonStep) -> LessonSession:
    return begin(Lesson(name="a", title=Text(), steps=(step,)))


def hints(learner: LessonSession) -> tuple[str, ...]:
    """Ask for hints until there is none more."""
    for _ in range(5):
        learner = learner.hinted(hints_in(learner))
    run = learner.step.run
    return hints_shown(State(run, 0, run.experiment, lesson=learner), learner, speech("en"))


def test_a_question_without_hints_of_its_author_has_three_stages() -> None:
    thought = "Multiply by this layer’s weight and pass it back."
    assert hints(begun(ASKED)) == (thought, FORMULA, NUMBERS)


def test_hints_of_the_author_stand_for_the_first_stages() -> None:
    def with_own(count: int) -> tuple[str, ...]:
        step = Number(experiment=HAND, at=ASKED.at, ask=ASKED.ask, hints=OWN[:count])
        return hints(begun(step))

    assert with_own(1) == ("Think.", FORMULA, NUMBERS)
    assert with_own(2) == ("Think.", "Multiply.", NUMBERS)


def test_what_no_step_computes_has_the_hints_of_its_author_alone() -> None:
    step = Number(experiment=HAND, ask=parse_value("updates"), hints=OWN)
    assert hints(begun(step)) == ("Think.", "Multiply.")


def test_hints_in_a_task_are_on_the_value_that_is_asked_now() -> None:
    task = CarryOut(experiment=HAND, first=StepName("seed"), last=StepName("pass_on", 3))
    learner = begun(task).begun(3)
    assert hints(learner)[0] == "The upstream gradient starts at the loss."
    for text in ("-4", "-24"):
        learner = learner.replied_row(text, Reply("right"))
    assert hints(learner)[1:] == (NUMBERS,), "the formula stands above the field"
