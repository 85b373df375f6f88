"""`chainstep count`: what a backward pass costs, counted by running it."""

import argparse
from typing import Any

from engine.activations import ACTIVATIONS, IDENTITY
from engine.chain_rule.multiplications import MOST_LAYERS, Count, count
from engine.commands.options import whole
from engine.commands.output import Patience, print_json

_TITLES = {
    "layers": "layers",
    "written_out": "written out",
    "expanded": "expanded",
    "backprop": "backprop",
}


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `count` to a parser's sub-commands."""
    parser = commands.add_parser(
        "count",
        help="count the multiplications of a backward pass",
        description="Count the multiplications by which a backward pass gets all gradients, by"
        " running it: each gradient written out with the stored outputs, fully expanded, and by"
        " backpropagation. Known before are e − ê and the slopes of the activation.",
    )
    parser.add_argument(
        "--layers",
        metavar="N",
        type=whole,
        nargs="+",
        default=[3, 10, 100],
        help=f"the numbers of layers, each from 1 to {MOST_LAYERS} (3 10 100)",
    )
    parser.add_argument(
        "--activation",
        metavar="NAME",
        choices=tuple(ACTIVATIONS),
        default=IDENTITY,
        help=f"{', '.join(ACTIVATIONS)} ({IDENTITY})",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON list instead")
    parser.set_defaults(command=count_command, parser=parser)


def count_command(options: argparse.Namespace) -> None:
    """Run `chainstep count`: print the counts. Raises `UserError` for bad options."""
    with Patience() as patience:
        counts = [
            count(n, options.activation) for n in patience.over(options.layers, len(options.layers))
        ]
    if options.json:
        print_json([row._asdict() for row in counts])
    else:
        print("\n".join(table(counts)))


def table(counts: list[Count]) -> list[str]:
    """Return the lines of an aligned table."""
    cells = [list(_TITLES.values()), *(list(map(str, row)) for row in counts)]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(text.rjust(width) for text, width in zip(line, widths, strict=True))
        for line in cells
    ]
