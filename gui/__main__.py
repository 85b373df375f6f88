"""The command `chainstep`: the window, and the commands that need none.

What a command does not need is not imported: those without a window never see Qt.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from engine.cli import Parser, add_commands, add_experiment_options, protected, run_command, whole
from engine.files import load
from engine.problem import Problem
from gui.language import LANGUAGES
from gui.state import NO_DISPLAY

_THEMES = ("light", "dark", "projector")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `chainstep` with `arguments` (those of the process by default); return its status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    parser, names = _parser()
    # Whatever is neither a command nor an option is a file to open in the window.
    if not given or (given[0] not in names and not given[0].startswith("-")):
        given.insert(0, "window")
    try:
        options, unknown = parser.parse_known_args(protected(given))
        if unknown:
            options.parser.error(f"this is not understood: {' '.join(unknown).strip()}")
        return run_command(options.parser, options)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else 2


def _parser() -> tuple[Parser, set[str]]:
    parser = Parser(
        prog="chainstep",
        usage="chainstep [FILE] | chainstep COMMAND …",
        description="See backpropagation happen, one derivative at a time. Without a command,"
        " the window opens, with the experiment of FILE in it.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True, prog="chainstep")
    add_commands(commands)
    _add_picture(commands)
    window = commands.add_parser("window", prog="chainstep", usage="chainstep [FILE]")
    window.add_argument("file", metavar="FILE", nargs="?", type=Path)
    window.set_defaults(command=_window, parser=window)
    return parser, set(commands.choices)


def _add_picture(commands: "argparse._SubParsersAction[Parser]") -> None:
    picture = commands.add_parser(
        "picture",
        help="render what the window shows at a step",
        description="Render what the window shows at a step of the run.",
    )
    picture.add_argument("out", metavar="OUT.png|OUT.svg")
    picture.add_argument("--step", metavar="M", type=whole, default=0, help="0 … the last (0)")
    picture.add_argument("--part", choices=("window", "chain"), default="window")
    picture.add_argument("--language", choices=tuple(LANGUAGES), default="en")
    picture.add_argument("--theme", choices=_THEMES, default="light")
    picture.add_argument("--size", metavar="WxH", default="1440x900", help="in pixels (1440x900)")
    add_experiment_options(picture)
    picture.set_defaults(command=_picture, parser=picture)


def _picture(options: argparse.Namespace) -> None:
    # A picture needs no display, and looks the same everywhere without one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.picture import picture_command  # noqa: PLC0415 - Qt is for this command alone

    picture_command(options)


def _window(options: argparse.Namespace) -> None:
    if options.file is not None:
        load(options.file)  # whatever is wrong with it is told first
    chosen = "QT_QPA_PLATFORM" in os.environ
    if sys.platform == "linux" and not chosen:
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            raise Problem(NO_DISPLAY)
        # Without the last of them, Qt aborts where the display can't be opened.
        os.environ["QT_QPA_PLATFORM"] = "xcb;wayland;offscreen"
    from gui.app import start  # noqa: PLC0415 - Qt is for this command alone

    start(options.file, unseen=chosen)


if __name__ == "__main__":
    sys.exit(main())
