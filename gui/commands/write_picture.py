"""Pictures of the window at any step: for slides, for the README, for a look at one's own work."""

import argparse

from PySide6.QtCore import QEvent, QSettings, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from engine import Experiment
from engine.commands.options import dimensions, experiment_from
from engine.commands.output import Patience, write
from engine.steps import steps_per_sample
from engine.user_error import UserError, cut, named, shown
from engine.words import mark
from gui.errors.faults import faults
from gui.shell.app import Chainstep, application
from gui.shell.files.rendering import png, svg
from gui.shell.settings import Settings
from gui.state import Look, fits

SMALLEST, LARGEST = (900, 600), (8000, 8000)
"""The sizes that a picture may have, in pixels."""


_LOOK = 100
"""In milliseconds: how often to see how far the training is."""


def picture_command(options: argparse.Namespace) -> None:
    """`chainstep picture`. Raises `UserError` and OSError; writes nothing where a part failed."""
    if not options.out.lower().endswith((".png", ".svg")):
        raise UserError(mark("{value} must end in .png or .svg."), value=named(options.out))
    size = parsed_size(options.size)
    experiment = fits(experiment_from(options))
    _refuse_step(experiment, options.step)
    look = Look(language=options.language, theme=options.theme, movement=False)
    program = Chainstep(application(), Settings(QSettings("", QSettings.Format.IniFormat)), look)
    try:
        _write(program, experiment, options, size)
    finally:
        program.window.close()
        program.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _refuse_step(experiment: Experiment, step: int) -> None:
    last = experiment.updates * steps_per_sample(experiment.structure)
    if not 0 <= step <= last:
        raise UserError(
            mark("--step must be from 0 to {last}, not {value}."), last=last, value=shown(step)
        )


def _write(
    program: Chainstep,
    experiment: Experiment,
    options: argparse.Namespace,
    size: QSize,
) -> None:
    # The timer also lets Python hear signals while Qt waits for the training.
    patience, timer = Patience(), QTimer()
    timer.timeout.connect(lambda: patience(program.session.state.progress or 0.0))
    timer.start(_LOOK)
    program.open_at_once(experiment)
    timer.stop()
    program.session.seek(options.step)
    part = arranged(program, size, chain=options.part == "chain", panel=options.panel)
    draw = svg if options.out.lower().endswith(".svg") else png
    content = draw(part)
    # A picture in which a part failed is not written.
    if not faults.count:
        write(options.out, content)


def arranged(program: Chainstep, size: QSize, *, chain: bool, panel: str | None = None) -> QWidget:
    """Return the window, or its chain alone, laid out in `size`; `panel` is shown at any size."""
    program.add_parts()
    program.window.resize(size)
    program.window.show()
    if panel is not None:
        program.parts.show_panel(panel)
    program.window.setFocus()
    part: QWidget = program.window
    if chain:
        part = program.window.chain
        part.setParent(None)
        part.resize(size)
        part.show()
    # One layout asks for the next, until every part has its place.
    for _ in range(8):
        QApplication.processEvents()
    while not program.parts.panels.done:
        QApplication.processEvents()
    return part


def parsed_size(text: str) -> QSize:
    """Read a size like 1440x900. Raises `UserError`."""
    sides = dimensions(text)
    width, height = sides if len(sides) == 2 else (0, 0)  # noqa: PLR2004 - both are needed
    if not (SMALLEST[0] <= width <= LARGEST[0] and SMALLEST[1] <= height <= LARGEST[1]):
        raise UserError(
            mark("--size must be WIDTHxHEIGHT from {smallest} to {largest}, not {value}."),
            smallest="{}x{}".format(*SMALLEST),
            largest="{}x{}".format(*LARGEST),
            value=cut(text),
        )
    return QSize(width, height)
