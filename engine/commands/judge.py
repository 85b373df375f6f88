"""`chainstep judge`: what is said of a typed number, for authors of lessons."""

import argparse
from typing import Any

from engine.commands.options import add_experiment_options, experiment_from
from engine.commands.output import print_json


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `judge` to a parser's sub-commands."""
    parser = commands.add_parser(
        "judge",
        help="say what a typed number is: right, or which mistake gives it",
        description="Judge numbers as a lesson does.",
        epilog='example: chainstep judge --at "before pass_on 3" --ask "upstream 2" -- 0.536 -7,6',
    )
    add_experiment_options(parser)
    parser.add_argument(
        "--at", metavar="PLACE", default="start", help='such as "before pass_on 3" or "step 7"'
    )
    parser.add_argument("--ask", metavar="VALUE", required=True, help='such as "upstream 2"')
    parser.add_argument("--json", action="store_true", help="print one JSON list instead")
    parser.add_argument("typed", metavar="TYPED", nargs="+", help="what a learner types, after --")
    parser.set_defaults(command=judge_command, parser=parser)


def judge_command(options: argparse.Namespace) -> None:
    """Run `chainstep judge`: print a verdict for each text. Raises `UserError`."""
    from engine.teaching.rows import verdict_rows  # noqa: PLC0415 - the window starts without it
    from engine.teaching.standing import trained  # noqa: PLC0415

    run = trained(experiment_from(options))
    verdicts = verdict_rows(run, options.at, options.ask, options.typed)
    if options.json:
        print_json(verdicts)
        return
    for row in verdicts:
        slip = row["slip"]
        names = " or ".join(slip) if isinstance(slip, list) else slip or ""
        told = f"{row['verdict']} ({names})" if names else row["verdict"]
        print(f"{row['typed']}: {told}\n    {row['sentence']}")
