"""`chainstep quiz`: questions for Moodle, for editors of GIFT, and cards for Anki."""

import argparse
from itertools import islice
from typing import TYPE_CHECKING, Any

from engine.activations import ACTIVATIONS, IDENTITY
from engine.commands.lesson import lesson_bytes
from engine.commands.options import add_experiment_options, experiment_from, whole
from engine.commands.output import Patience, write
from engine.experiment import Experiment
from engine.user_error import UserError, named, shown
from engine.words import mark
from gui.language import ENGLISH, languages, speech

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.teaching.lesson import Lesson
    from engine.teaching.quiz import Question
    from engine.words import Say

FORMATS = (".xml", ".gift", ".txt")
CARDS = FORMATS[-1]
MOST_QUESTIONS = 500
_COUNT, _CARDS, _LAYERS = 12, 40, 3
_ENDINGS = mark("{value} must end in .xml (Moodle), .gift or .txt (Anki).")
_BOUNDS = mark("{name} must be a whole number from {least} to {most}, not {value}.")
_OF_FRESH = frozenset({"seed", "layers", "activation"})
"""Options that fresh chains have too."""

_OPTIONS = (
    "file",
    "preset",
    "weights",
    "biases",
    "layers",
    "seed",
    "sample",
    "samples",
    "learning_rate",
    "epochs",
    "activation",
    "algorithm",
)


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `quiz` to a parser's sub-commands."""
    parser = commands.add_parser(
        "quiz",
        help="questions for Moodle, or cards for Anki",
        description="Write questions for Moodle (.xml; each common mistake has its own sentence),"
        " as GIFT text, or cards of facts and mistakes for Anki (.txt). They are about fresh chains"
        " with numbers that can be computed by hand, or about an experiment, or those of a lesson.",
        epilog="--seed draws the questions, also of a lesson where --count is below all of them."
        " With no more than --seed, --layers and --activation each question has a fresh chain.",
    )
    parser.add_argument("out", metavar="OUT.xml|OUT.gift|OUT.txt")
    parser.add_argument("--lesson", metavar="ID-or-FILE", help="the questions of this lesson")
    parser.add_argument(
        "--count",
        metavar="N",
        type=whole,
        help=f"at most so many ({_COUNT}; cards {_CARDS}; all of a lesson)",
    )
    parser.add_argument(
        "--language", choices=languages(), default=ENGLISH, help=f"of the questions ({ENGLISH})"
    )
    add_experiment_options(parser)
    parser.set_defaults(command=quiz_command, parser=parser)


def quiz_command(options: argparse.Namespace) -> None:
    """Run `chainstep quiz`. Raises `UserError` and OSError; writes nothing then."""
    ending = next((one for one in FORMATS if options.out.lower().endswith(one)), None)
    if ending is None:
        raise UserError(_ENDINGS, value=named(options.out))
    if options.count is not None:
        _refuse("--count", options.count, 1, MOST_QUESTIONS)
    from engine.teaching.quiz import FORMATS as WRITERS  # noqa: PLC0415 - for this alone
    from gui.quiz.files import NO_QUESTION  # noqa: PLC0415 - for this command alone

    with Patience():
        title, questions = _questions(options, ending, speech(options.language))
    if not questions:
        raise UserError(NO_QUESTION)
    write(options.out, WRITERS[ending](questions, title))


def _refuse(name: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise UserError(_BOUNDS, name=name, least=least, most=most, value=shown(value))


def _questions(
    options: argparse.Namespace, ending: str, say: "Say"
) -> "tuple[str, Sequence[Question]]":
    """Return the title of the whole, and its questions."""
    from gui.quiz.facts import facts  # noqa: PLC0415 - for this command alone
    from gui.quiz.sources import drawn, of_chains, of_experiment, of_lesson  # noqa: PLC0415

    given = {name for name in _OPTIONS if getattr(options, name) is not None}
    seed = options.seed or 0
    _refuse("--seed", seed, 0, 10**9)
    if options.lesson is not None:
        if given - {"seed"}:
            raise UserError(mark("Give either a lesson or an experiment, not both."))
        lesson = lesson_named(options.lesson)
        found = of_lesson(lesson, options.language, say)
        title = lesson.title.of(options.language)
        return title, drawn(tuple(found), options.seed, options.count)
    title = say("One training step by hand")
    if ending == CARDS:
        cards = facts(_experiment(options, given), say)
        return title, tuple(islice(cards, options.count or _CARDS))
    count = options.count or _COUNT
    if given <= _OF_FRESH:
        layers = _LAYERS if options.layers is None else options.layers
        activation = IDENTITY if options.activation is None else options.activation
        _refuse("--layers", layers, 1, 5)
        if activation not in ACTIVATIONS:
            raise UserError(
                mark("{name} must be one of {allowed}, not {value}."),
                name="--activation",
                allowed=tuple(ACTIVATIONS),
                value=shown(activation),
            )
        return title, tuple(of_chains(seed, count, layers, activation, say))
    return title, tuple(of_experiment(_experiment(options, given), seed, count, say))


def _experiment(options: argparse.Namespace, given: set[str]) -> Experiment:
    """Return the experiment of the options; without a random start the seed draws questions."""
    if "layers" not in given:
        options = argparse.Namespace(**{**vars(options), "seed": None})
    return experiment_from(options)


def lesson_named(name: str) -> "Lesson":
    """Return the lesson of this `id` or file. Raises `UserError`, naming it, and OSError."""
    from engine.teaching.lesson_file import from_bytes  # noqa: PLC0415 - for this command alone

    try:
        return from_bytes(lesson_bytes(name))
    except UserError as fault:
        raise UserError("{file}: {fault}", file=named(name), fault=fault) from None
