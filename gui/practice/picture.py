"""What is said in a practice, and what can be chosen of it. No Qt."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.teaching.belief import Explanation
from engine.teaching.outcome import Outcome
from engine.teaching.told import rule_words
from engine.words import mark, within
from gui.drawing.ink import Ink
from gui.formula.picture.hints import NUMBERS, SYMBOLS, THOUGHT, hint_at
from gui.language import Say, sentence, speech
from gui.language.joining import sentences
from gui.language.numbers import rounded
from gui.state import State
from gui.state.practice import Help, Practice, Question, Said, Tone
from gui.words import symbols
from gui.words.glossary import explained
from gui.words.verdicts import verdict_told

WHICH_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "backward": mark("The backward pass"),
        "everything": mark("Every step"),
        "updates": mark("The updates"),
    }
)
"""What is asked, by the name of the choice; to be translated."""

EVERY_WORDS: Mapping[int, str] = MappingProxyType(
    {1: mark("Ask each time"), 3: mark("Ask one in three")}
)
FRESH_WORDS: Mapping[bool, str] = MappingProxyType(
    {False: mark("With the numbers of this experiment"), True: mark("With new numbers each time")}
)

_INKS: Mapping[Tone, Ink] = MappingProxyType(
    {
        Tone.RIGHT: Ink.UPDATE,
        Tone.NEARLY: Ink.BACKWARD,
        Tone.NOT_YET: Ink.BACKWARD,
        Tone.FIRST: Ink.BACKWARD,
        Tone.SHOWN: Ink.FORWARD,
        Tone.WORKED: Ink.FORWARD,
        Tone.HINT: Ink.FORWARD,
    }
)

_LEADS: Mapping[Tone, str] = MappingProxyType(
    {
        Tone.RIGHT: within("verdict of an answer", "✓ Right."),
        Tone.NEARLY: within("verdict of an answer", "Nearly."),
        Tone.NOT_YET: within("verdict of an answer", "Not yet."),
        Tone.SHOWN: within("verdict of an answer", "Shown."),
        Tone.WORKED: within("verdict of an answer", "Worked once."),
        Tone.HINT: within("verdict of an answer", "Hint."),
        Tone.FIRST: "",
    }
)

_LESS: Mapping[Help, str] = MappingProxyType(
    {
        Help.SYMBOLS: mark("Three in a row: from now on without the numbers of the formula."),
        Help.NAME: mark("Three in a row: from now on without the formula."),
    }
)


@dataclass(frozen=True, slots=True)
class PracticePicture:
    """The box of the verdict, the field's name for a screen reader, and what can be done now.

    `lead` is bold, `words` follow it, `note` is small. `faulty` tells that the text in the field
    can't be read. `spoken` is what is said aloud, nothing where nothing happened. `rule` is what
    a button says that trains with the rule that was found, "" where there is none.
    """

    ink: Ink
    lead: str
    words: str
    note: str
    field: str
    hint: str
    faulty: bool
    asks: bool
    has_hint: bool
    rule: str
    language: str = "en"

    @property
    def spoken(self) -> str:
        """All that the box says, in one."""
        return sentences((self.lead, self.words, self.note), speech(self.language))


def practice_picture(state: State) -> PracticePicture | None:
    """Describe the practice of a state; nothing where none is under way."""
    practice = state.practice
    if practice is None:
        return None
    say, question = speech(state.look.locale), practice.question
    ink, lead, told = _box(state, practice, say)
    name = _field(state, question, say) if question else ""
    return PracticePicture(
        ink=ink,
        lead=lead,
        words=told,
        note=_note(practice, say),
        field=name,
        hint=_meaning(state, question, say) if question else "",
        faulty=question is not None and question.fault is not None,
        asks=question is not None,
        has_hint=question is not None and question.has_hint,
        rule=_rule(practice, say),
        language=state.look.locale,
    )


def _box(state: State, practice: Practice, say: Say) -> tuple[Ink, str, str]:
    """Return the colour of the box, its first words, and the others."""
    question, said = practice.question, practice.said
    if question is not None and question.fault is not None:
        return Ink.BACKWARD, "", sentence(question.fault, state.look.locale)
    if said is None and question is not None:
        # Where less help is given, it is asked beside the formula.
        asked = _what(state, question, say) if question.help is Help.NUMBERS else ""
        return Ink.MUTED, asked, say("Enter checks · F3 hint")
    if said is None:
        return Ink.MUTED, say("Practice."), say("→ asks before it shows.")
    return _INKS[said.tone], _lead(said, say), _told(state, said, say)


def _lead(said: Said, say: Say) -> str:
    lead = _LEADS[said.tone]
    return say(lead) if lead else ""


def _what(state: State, question: Question, say: Say) -> str:
    symbol = symbols.of(question.name, state.run.experiment)
    return say("What will {symbol} be?").format(symbol=symbol)


def _told(state: State, said: Said, say: Say) -> str:
    if said.verdict is not None and said.tone in (Tone.NOT_YET, Tone.NEARLY):
        return _believed(state, said, say) or verdict_told(
            said.verdict, state.run.experiment, state.look.digits, say
        )
    match said.tone:
        case Tone.RIGHT | Tone.SHOWN:
            return _result(state, say)
        case Tone.WORKED:
            return say("See how it is done; the next one is yours.")
        case Tone.FIRST:
            return say("Answer first, or press → again to see.")
        case Tone.HINT:
            return _thought(state, say)
        case _:
            return say("Not this number.")


def _result(state: State, say: Say) -> str:
    moment = state.moment
    if moment.computation is None:
        return ""
    result = moment.computation.result
    number = rounded(result.value, state.look.digits, say)
    return f"{symbols.of(result, state.run.experiment)} = {number}"


def _thought(state: State, say: Say) -> str:
    """Return the hint that was given last."""
    question = state.question
    if question is None:
        return ""
    shown = NUMBERS if question.help is Help.NUMBERS else SYMBOLS
    stage = THOUGHT if question.hints <= 1 else shown
    return hint_at(state, state.run, question.index, stage, say)


def _rule(practice: Practice, say: Say) -> str:
    belief = practice.belief
    return say("Train with this rule") if belief and belief.slip.algorithm else ""


def _note(practice: Practice, say: Say) -> str:
    """Return what is said besides: that there is less help from now on."""
    said, told = practice.said, []
    if practice.lessened is not None and said is not None and said.outcome is Outcome.ALONE:
        told.append(say(_LESS[practice.lessened]))
    return sentences(told, say)


def _believed(state: State, said: Said, say: Say) -> str:
    """Return the mistake that explains the answers, where this is one more that it gives."""
    belief = state.practice.belief if state.practice else None
    if belief is None or not _fits(said, belief):
        return ""
    rule = rule_words(belief.slip, say, lambda name: symbols.of(name, state.run.experiment))
    return say("{fitting} of your last {count} answers fit: {rule}.").format(
        fitting=belief.fitting, count=belief.of, rule=rule
    )


def _fits(said: Said, belief: Explanation) -> bool:
    """Tell whether a verdict is about the mistake that explains the answers."""
    slips = said.verdict.slips if said.verdict else ()
    return belief.slip.name in [slip.name for slip in slips]


def _field(state: State, question: Question, say: Say) -> str:
    symbol = symbols.of(question.name, state.run.experiment)
    return say("{symbol}, a number").format(symbol=symbol)


def _meaning(state: State, question: Question, say: Say) -> str:
    experiment = state.run.experiment
    return explained(
        symbols.of(question.name, experiment), symbols.term(question.name, experiment), say
    )


def score_words(practice: Practice, say: Say) -> str:
    """Return how it goes: how many were found alone, and the present and the longest row."""
    score = practice.score
    if not score.asked:
        return say("practice")
    told = say("alone: {alone} of {asked} · in a row: {streak}, at most {longest}")
    return told.format(
        alone=score.alone, asked=score.asked, streak=score.streak, longest=score.longest
    )
