"""Questions as the text of a file. No Qt."""

from itertools import islice
from typing import TYPE_CHECKING

from engine.experiment import Experiment
from engine.teaching.lesson import Lesson
from engine.teaching.quiz import FORMATS
from engine.user_error import UserError
from engine.words import mark
from gui.language import speech
from gui.quiz.facts import facts
from gui.quiz.sources import of_experiment, of_lesson

if TYPE_CHECKING:
    from engine.teaching.quiz import Question

CARDS = ".txt"
COUNT, MOST_CARDS = 12, 40
NO_QUESTION = mark("There is no question in it that can be asked without the window.")


def quiz_of(ending: str, experiment: Experiment, lesson: Lesson | None, language: str) -> str:
    """Return a file of this kind: questions of a lesson, or of an experiment where there is none.

    Raises `UserError` where there is no question.
    """
    say = speech(language)
    title = say("One training step by hand")
    found: tuple[Question, ...]
    if lesson is not None:
        title = lesson.title.of(language)
        found = tuple(of_lesson(lesson, language, say))
    elif ending == CARDS:
        found = tuple(islice(facts(experiment, say), MOST_CARDS))
    else:
        found = tuple(of_experiment(experiment, 0, COUNT, say))
    if not found:
        raise UserError(NO_QUESTION)
    return FORMATS[ending](found, title)
