"""`chainstep lesson print`: a lesson as a booklet, and its answers."""

import argparse
from typing import Any

from engine.commands.output import Patience
from gui.commands.paper import add_paper, refuse_names, write_pdf
from gui.commands.quiz import lesson_named
from gui.language import languages, sentence, speech
from gui.resources import version


def add(actions: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `print` to what `lesson` does, and give `check` its languages."""
    actions.choices["check"].set_defaults(sentence=sentence, speech=speech)
    parser = actions.add_parser(
        "print",
        help="a lesson on paper, with its answers and the teacher’s notes",
        description="Print a lesson as PDF: what learners read and answer, and at the end, or in a"
        " file of its own, the answers, hints and notes.",
    )
    parser.add_argument(
        "lesson", metavar="ID-or-FILE", help="a lesson of the list, or a file; - is standard input"
    )
    parser.add_argument("out", metavar="OUT.pdf")
    add_paper(parser, languages())
    parser.set_defaults(command=print_command, parser=parser)


def print_command(options: argparse.Namespace) -> None:
    """Run `chainstep lesson print`. Raises `UserError` and OSError; writes nothing then."""
    refuse_names(options.out, options.key)
    from gui.sheets.picture.booklet import Booklet  # noqa: PLC0415 - for this command alone
    from gui.sheets.picture.booklet_key import booklet  # noqa: PLC0415

    with Patience():
        of = Booklet(lesson_named(options.lesson), options.language, version())
        write_pdf(booklet(of), options.out, options.key, options.paper)
