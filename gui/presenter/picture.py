"""The board: the question of a lesson for the whole class, and a vote on it. No Qt."""

from dataclasses import dataclass

from engine.teaching.choices import options_of, shuffled
from engine.teaching.lesson import Choose
from engine.teaching.reading.markdown import plain
from gui.language import Say, sentence, speech
from gui.language.joining import aside, clauses, ended, groups, labelled, sentences
from gui.language.numbers import rounded
from gui.lesson.words import filled
from gui.presenter.asking import as_choice, has_options
from gui.presenter.notes import notes_of
from gui.state import State
from gui.state.voting import ANSWER, HIDDEN, LETTERS, Vote, vote_now
from gui.words import symbols


@dataclass(frozen=True, slots=True)
class OptionPicture:
    """One answer. `hands` and `first` count those who chose it, None while that is not seen.

    `share` and `first_share` are how long its bars are, from 0 to 1.
    """

    letter: str
    text: str
    hands: int | None = None
    first: int | None = None
    share: float = 0.0
    first_share: float = 0.0
    right: bool = False


@dataclass(frozen=True, slots=True)
class BoardPicture:
    """What is asked; `question` is Markdown, `note` says how the vote stands.

    `aside` is for the teacher alone, and not said aloud; `spoken` is all else in words.
    """

    question: str
    options: tuple[OptionPicture, ...] = ()
    note: str = ""
    suggestion: str = ""
    rounds: int = 0
    aside: str = ""
    spoken: str = ""


def board_picture(state: State, *, teacher: bool = True) -> BoardPicture | None:
    """Describe the board of a state; the class sees how many hands there are when they are shown.

    Where class and teacher look at the same screen, the teacher sees what is counted there. On a
    screen of the teacher's own there are notes beside it, and the lesson has its question itself.
    """
    vote, say = vote_now(state), speech(state.look.locale)
    notes = notes_of(state) if teacher else ""
    question = "" if notes and vote is None else _question(state, vote, say)
    if notes and not question:
        return BoardPicture("", aside=notes)
    if not question:
        told = sentence(state.notice, state.look.locale) if state.notice is not None else ""
        return BoardPicture(told, spoken=told) if told else None
    texts = _texts(state, vote, say)
    if vote is None:
        options = tuple(OptionPicture(*pair) for pair in zip(LETTERS, texts, strict=False))
        spoken = sentences((plain(question), _counted(options, say)), say)
        return BoardPicture(question, options, spoken=spoken)
    options = tuple(_option(vote, k, text, teacher=teacher) for k, text in enumerate(texts))
    note, suggestion = _note(vote, say), _suggestion(vote, say)
    parts = plain(question), _counted(options, say), ended(note, say), suggestion
    spoken = sentences(parts, say)
    return BoardPicture(question, options, note, suggestion, 1 + vote.is_second, notes, spoken)


def _question(state: State, vote: Vote | None, say: Say) -> str:
    if state.lesson is not None:
        step = state.lesson.step
        return filled(step.text, step.here, state, say)
    if vote is None:
        return ""
    experiment, index = vote.where
    result = state.steps[index % state.per_sample].result
    return say("What will {symbol} be?").format(symbol=symbols.of(result, experiment))


def _texts(state: State, vote: Vote | None, say: Say) -> list[str]:
    if vote is not None and vote.values:
        return [rounded(value, state.look.digits, say) for value in vote.values]
    if state.lesson is None:
        return []
    step = state.lesson.step
    asked = as_choice(step) if vote is not None or has_options(step) else None
    if not isinstance(asked, Choose):
        return []
    options, order = options_of(asked), vote.options if vote is not None else shuffled(asked)
    return [filled(options[k].text, asked.here, state, say) for k in order]


def _option(vote: Vote, k: int, text: str, *, teacher: bool) -> OptionPicture:
    bars = vote.seen != HIDDEN
    longest = max((*vote.hands, *vote.first, 1))
    hands = vote.hands[k]
    shown = bars or teacher
    first = vote.first[k] if vote.is_second and bars else None
    return OptionPicture(
        letter=LETTERS[k],
        text=text,
        hands=hands if shown else None,
        first=first,
        share=hands / longest if bars else 0.0,
        first_share=(first or 0) / longest,
        right=vote.seen == ANSWER and k == vote.right,
    )


def _note(vote: Vote, say: Say) -> str:
    hands = say.counted("{number} hand", "{number} hands", vote.count)
    rounds = say("second round") if vote.is_second else say("first round")
    return clauses((hands, rounds), say)


def _suggestion(vote: Vote, say: Say) -> str:
    if vote.divides:
        return say("Discuss with your neighbour, then vote again.")
    return ""


def _counted(options: tuple[OptionPicture, ...], say: Say) -> str:
    if not options:
        return ""
    told = (
        labelled(one.letter, clauses(filter(None, (plain(one.text), hands_of(one, say))), say), say)
        for one in options
    )
    right = next((one.letter for one in options if one.right), "")
    ends = (say("{letter} is right").format(letter=right),) if right else ()
    return ended(groups((*told, *ends), say), say)


def hands_of(option: OptionPicture, say: Say) -> str:
    """Return how many hands there are for an answer, and were in the first round, if seen."""
    if option.hands is None:
        return ""
    hands = say.counted("{number} hand", "{number} hands", option.hands)
    if option.first is None:
        return hands
    return aside(hands, say("first round: {number}").format(number=option.first), say)
