"""The commands that `chainstep` knows: the window with a file in it, and those that need none.

What a command does not need is not imported: those without a window never see Qt.
"""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli import Parser, add_commands, run_command
from engine.commands.map import DATA, add_map_options, data_of, map_from
from engine.commands.options import (
    add_experiment_options,
    add_preset_option,
    loaded,
    protected,
    whole,
)
from engine.commands.output import Patience, write
from engine.commands.streams import tell
from engine.files.endings import LESSONS, ends_in
from engine.presets import preset_named
from engine.user_error import UserError, cut, named
from engine.words import mark
from gui.commands import lesson_print, quiz, worksheet
from gui.errors.faults import faults, log_file
from gui.language import ENGLISH, languages
from gui.panels import NAMES
from gui.state import NO_DISPLAY
from gui.state.limits import fits

if TYPE_CHECKING:
    from engine.maps.trainability import Trainability

_THEMES = ("light", "dark", "projector")


def run(arguments: Sequence[str]) -> int:
    """Run `chainstep` with `arguments` (at least one); return the exit status."""
    given = list(arguments)
    parser, names = _parser()
    # Whatever is neither a command nor an option is a file to open in the window.
    if given[0] not in names and (not given[0].startswith("-") or given[0].startswith("--preset")):
        given.insert(0, "window")
    try:
        options, unknown = parser.parse_known_args(protected(given))
        if unknown:
            options.parser.error(f"this is not understood: {cut(' '.join(unknown).strip())}")
        return _guarded(options)
    except SystemExit as stopped:
        return stopped.code if isinstance(stopped.code, int) else 2


def _guarded(options: argparse.Namespace) -> int:
    """Run the chosen command; what nobody foresaw is a line that names it, and status 1."""
    status = 0
    with faults.kept_in(options.parser.prog):
        status = run_command(options.parser, options)
    if not faults.count or options.command is _window:
        return status
    what = " ".join(faults.noted[-1].summary.split())
    tell(f"{options.parser.prog}: {what}; details in {log_file()}")
    return status or 1


def parser_of_commands() -> Parser:
    """Return the parser of all commands; the manual and the completions are made from it."""
    return _parser()[0]


def _parser() -> tuple[Parser, set[str]]:
    parser = Parser(
        prog="chainstep",
        usage="chainstep [FILE | --preset NAME] | chainstep COMMAND …",
        description="See backpropagation happen, one derivative at a time. Without a command,"
        " the window opens, with the experiment of FILE or of that name in it.",
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True, prog="chainstep")
    lesson_print.add(add_commands(commands))
    _add_picture(commands)
    _add_map(commands)
    worksheet.add(commands)
    quiz.add(commands)
    usage = "chainstep [FILE | --preset NAME]"
    window = commands.add_parser("window", prog="chainstep", usage=usage)
    start = window.add_mutually_exclusive_group()
    start.add_argument("file", metavar="FILE", nargs="?", type=Path)
    add_preset_option(start)
    window.set_defaults(command=_window, parser=window)
    return parser, set(commands.choices)


def _add_picture(commands: "argparse._SubParsersAction[Parser]") -> None:
    picture = commands.add_parser(
        "picture",
        help="render what the window shows at a step, or at one step after the other",
        description="Render what the window shows at a step of the run as PNG or SVG, or at one"
        " step after the other: as an animation (GIF), or as a hand-out with six steps on a page,"
        " caption and formula with each (PDF).",
    )
    picture.add_argument("out", metavar="OUT.png|OUT.svg|OUT.gif|OUT.pdf")
    picture.add_argument("--step", metavar="M", type=whole, help="0 … the last (0)")
    picture.add_argument(
        "--from", metavar="M", type=whole, dest="first", help="of GIF and PDF: the first step (0)"
    )
    picture.add_argument(
        "--to", metavar="M", type=whole, dest="last", help="the last one (the end of that sample)"
    )
    picture.add_argument(
        "--fps", metavar="F", type=float, help="of GIF: how many steps are seen in a second (1)"
    )
    picture.add_argument(
        "--part",
        choices=("window", "chain"),
        default="window",
        help="the window, or its chain alone (window)",
    )
    picture.add_argument("--panel", choices=NAMES, help="on the right, at every size")
    _add_dress(picture)
    picture.add_argument("--size", metavar="WxH", default="1440x900", help="in pixels (1440x900)")
    add_experiment_options(picture)
    picture.set_defaults(command=_picture, parser=picture)


def _add_dress(parser: Parser) -> None:
    parser.add_argument(
        "--language", choices=languages(), default=ENGLISH, help="of what is written in it (en)"
    )
    parser.add_argument("--theme", choices=_THEMES, default="light", help="its colours (light)")


def _add_map(commands: "argparse._SubParsersAction[Parser]") -> None:
    chart = commands.add_parser(
        "map",
        help="what becomes of a training over any two parameters",
        description="Train once for every pixel of a map over two parameters, and tell what"
        " becomes of each training: as a picture, or as its numbers.",
    )
    chart.add_argument("out", metavar="OUT.png|OUT.npz|OUT.csv")
    add_map_options(chart)
    _add_dress(chart)
    chart.set_defaults(command=_map, parser=chart)


def _map(options: argparse.Namespace) -> None:
    out = options.out.lower()
    if not out.endswith((".png", *DATA)):
        raise UserError(mark("{value} must end in .png, .npz or .csv."), value=named(options.out))
    with Patience() as patience:
        seen = map_from(options, patience)
        patience(1.0)
        content = data_of(seen, out) if out.endswith(DATA) else _drawn(seen, options)
        write(options.out, content)


def _drawn(seen: "Trainability", options: argparse.Namespace) -> bytes:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.panels.map.png import png_of  # noqa: PLC0415
    from gui.shell.app import application  # noqa: PLC0415 - Qt is for this command alone
    from gui.theme import load_fonts  # noqa: PLC0415

    application()
    load_fonts()
    return png_of(seen, options.language, options.theme)


def _picture(options: argparse.Namespace) -> None:
    if not options.out.lower().endswith((".png", ".svg", ".gif", ".pdf")):
        raise UserError(
            mark("{value} must end in .png, .svg, .gif or .pdf."), value=named(options.out)
        )
    # A picture needs no display, and looks the same everywhere without one.
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.commands.write_picture import picture_command  # noqa: PLC0415 - Qt is for this command alone

    picture_command(options)


def _window(options: argparse.Namespace) -> None:
    # Whatever is wrong with the file is told before a missing display.
    experiment, lesson = None, None
    if options.file is not None and ends_in(options.file, LESSONS):
        lesson = _readable_lesson(options.file)
    elif options.file is not None:
        experiment = fits(loaded(options.file))
    if options.preset is not None:
        experiment = preset_named(options.preset).experiment
    from gui.shell import importing  # noqa: PLC0415

    importing.plainly()
    from gui.shell.start import start  # noqa: PLC0415 - Qt is for this command alone

    if not start(experiment, options.file, lesson):
        raise UserError(NO_DISPLAY)


def _readable_lesson(path: Path) -> Path:
    """Return where a lesson is. Raises `UserError` that names the file, and OSError."""
    from engine.teaching.lesson_file import load  # noqa: PLC0415 - when one is opened

    try:
        load(path)
    except UserError as fault:
        raise UserError("{file}: {fault}", file=named(path), fault=fault) from None
    return path.absolute()
