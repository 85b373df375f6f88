"""`chainstep worksheet`: exercises to be done by hand, with their answers, as PDF."""

import argparse
from typing import Any

from engine.activations import ACTIVATIONS, IDENTITY
from engine.commands.options import whole
from engine.commands.output import Patience, print_json
from engine.user_error import UserError
from engine.words import mark
from gui.commands.paper import add_paper, refuse_names, write_pdf
from gui.resources import version
from gui.sheets.picture.tongue import choices, tongue

KINDS = ("table", "fade", "find", "check", "order")


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `worksheet` to a parser's sub-commands."""
    parser = commands.add_parser(
        "worksheet",
        help="exercises on paper, with their answers",
        description="Make a work sheet as PDF: exercises with numbers that can be computed by hand,"
        " and pages with the answers at the end. The same seed gives the same sheet everywhere;"
        " it stands at the foot of each page.",
    )
    parser.add_argument(
        "out", metavar="OUT.pdf", nargs="?", help="may be left out where --json is given"
    )
    parser.add_argument("--count", metavar="N", type=whole, default=6, help="exercises (6)")
    parser.add_argument("--seed", metavar="S", type=whole, default=0, help="of the numbers (0)")
    parser.add_argument(
        "--kind",
        choices=KINDS,
        default=KINDS[0],
        help="table: all steps of a sample; fade: one worked, two with gaps, three empty; find: a"
        " table with a mistake; check: gradients by differences; order: the lines of the loop"
        " (table)",
    )
    parser.add_argument("--layers", metavar="N", type=whole, default=3, help="1 to 5 (3)")
    parser.add_argument(
        "--activation", choices=tuple(ACTIVATIONS), default=IDENTITY, help=f"({IDENTITY})"
    )
    add_paper(parser, (*choices(),))
    parser.add_argument("--json", action="store_true", help="print the exercises as JSON, too")
    parser.set_defaults(command=worksheet_command, parser=parser)


def worksheet_command(options: argparse.Namespace) -> None:
    """Run `chainstep worksheet`. Raises `UserError` and OSError; writes nothing then."""
    if options.out is not None:
        refuse_names(options.out, options.key)
    elif not options.json:
        raise UserError(
            mark("Name the PDF that is to be written, or print the exercises with --json.")
        )
    elif options.key is not None:
        raise UserError(mark("Name the file of the exercises too, not of the answers alone."))
    from engine.teaching.sheets import sheet, told  # noqa: PLC0415 - for this command alone

    with Patience():
        made = sheet(options.seed, options.count, options.kind, options.layers, options.activation)
        if options.out is not None:
            from gui.sheets.picture.answers import answers  # noqa: PLC0415
            from gui.sheets.picture.exercises import exercises  # noqa: PLC0415

            told_in = tongue(options.language)
            documents = [pages(made, told_in, version()) for pages in (exercises, answers)]
            write_pdf(documents, options.out, options.key, options.paper)
    if options.json:
        print_json(told(made))
