"""What the teacher alone reads while the class has a screen of its own. No Qt."""

from collections.abc import Iterator

from engine.moment import moment_at
from engine.teaching.choices import options_of, right_options
from engine.teaching.lesson import Choose, LessonStep, Number
from engine.teaching.reading.markdown import plain
from gui.language import Say, speech
from gui.language.covering import is_covered
from gui.language.joining import groups, labelled, sentences
from gui.language.numbers import by_hand, rounded
from gui.lesson.words import filled
from gui.presenter.asking import as_choice
from gui.state import State
from gui.state.voting import LETTERS, vote_now
from gui.words import symbols


def notes_of(state: State) -> str:
    """Return what the class sees, the note of a lesson's step, and the answers."""
    presenter = state.presenter
    if presenter is None or not presenter.audience:
        return ""
    say = speech(state.look.locale)
    seen = say("The class sees this on the second screen.")
    if presenter.away:
        seen = say("The second screen is gone. The class sees this again once it is back.")
    elif presenter.frozen:
        seen = say("The class does not see what you do now. Press F to show it.")
    return sentences((seen, *_note(state, say), groups(_answers(state, say), say)), say)


def _note(state: State, say: Say) -> Iterator[str]:
    learner = state.lesson
    if learner is not None and learner.step.note:
        note = plain(filled(learner.step.note, learner.step.here, state, say))
        yield labelled(say("Note"), note, say)


def _answers(state: State, say: Say) -> Iterator[str]:
    vote, answer = vote_now(state), ""
    if state.lesson is not None and state.lesson.waits:
        answer = _answer(state, state.lesson.step, say)
    elif vote is not None and vote.values:
        answer = rounded(vote.values[vote.right], state.look.digits, say)
    if vote is not None:
        letter = say("{letter} is right").format(letter=LETTERS[vote.right])
        yield labelled(letter, answer, say) if answer else letter
    elif answer:
        yield labelled(say("Answer"), answer, say)
    computed = moment_at(state.run, state.index).computation
    shown = state.moment.computation
    if computed is not None and shown is not None and is_covered(shown.result.value):
        symbol = symbols.of(computed.result.name, state.run.experiment)
        value = rounded(computed.result.value, state.look.digits, say)
        yield f"{symbol} = {value}"


def _answer(state: State, step: LessonStep, say: Say) -> str:
    if isinstance(step, Number):
        return by_hand(step.answer, state.look.digits, say)
    asked = as_choice(step)
    if isinstance(asked, Choose):
        options = options_of(asked)
        texts = (filled(options[k].text, step.here, state, say) for k in right_options(asked))
        return sentences(texts, say)
    return ""
