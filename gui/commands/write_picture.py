"""Pictures of the window at any step: for slides, for the README, for a look at one's own work."""

import argparse

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from engine import Experiment
from engine.commands.options import dimensions, experiment_from
from engine.commands.output import Patience, write
from engine.steps import steps_per_sample
from engine.user_error import UserError, cut, shown
from engine.words import mark
from gui.animation.frames import animation, grabbed
from gui.animation.handout import handout
from gui.animation.steps import FRAMES_A_SECOND, KINDS, delay_of, steps_between
from gui.errors.faults import faults
from gui.shell.app import Chainstep, application
from gui.shell.files.rendering import png, svg
from gui.shell.naming import name_of
from gui.shell.saved_values import Unkept
from gui.shell.settings import Settings
from gui.state import Look, State
from gui.state.limits import fits

SMALLEST, LARGEST = (900, 600), (8000, 8000)
"""The sizes that a picture may have, in pixels."""


_LOOK = 100
"""In milliseconds: how often to see how far the training is."""


def picture_command(options: argparse.Namespace) -> None:
    """`chainstep picture`. Raises `UserError` and OSError; writes nothing where a part failed."""
    _refuse_mixed(options)
    size = parsed_size(options.size)
    experiment = fits(experiment_from(options))
    steps = _steps(experiment, options)
    delay = delay_of(FRAMES_A_SECOND if options.fps is None else options.fps)
    look = Look(language=options.language, theme=options.theme, movement=False)
    program = Chainstep(application(), Settings(Unkept()), look)
    try:
        if steps is None:
            _write(program, experiment, options, size)
        else:
            _write_steps(program, experiment, options, size, steps, delay)
    finally:
        program.window.close()
        program.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _refuse_mixed(options: argparse.Namespace) -> None:
    """Refuse options that are for other kinds of files. Raises `UserError`."""
    several = options.out.lower().endswith(KINDS)
    if several and options.step is not None:
        raise UserError(mark("A file of several steps takes --from and --to, and not --step."))
    if not several and not options.first is options.last is None:
        raise UserError(mark("--from and --to are for files that end in .gif or .pdf."))
    if options.fps is not None and not options.out.lower().endswith(".gif"):
        raise UserError(mark("--fps is for files that end in .gif."))


def _steps(experiment: Experiment, options: argparse.Namespace) -> range | None:
    """Return the steps of an animation or a hand-out; None for a picture. Raises `UserError`."""
    if not options.out.lower().endswith(KINDS):
        options.step = options.step or 0
        _refuse_step(experiment, options.step)
        return None
    a_sample = steps_per_sample(experiment.structure)
    end = experiment.updates * a_sample
    first = options.first or 0
    last = options.last
    if last is None:
        last = min((first // a_sample + 1) * a_sample, end)
    return steps_between(first, last, end)


def _write_steps(
    program: Chainstep,
    experiment: Experiment,
    options: argparse.Namespace,
    size: QSize,
    steps: range,
    delay: int,
) -> None:
    _train(program, experiment)
    patience = Patience()
    part = arranged(program, size, chain=options.part == "chain", panel=options.panel)
    session = program.session
    if steps[-1] > session.state.last:
        _refuse_step(session.state.run.experiment, steps[-1])

    def seen(index: int) -> State:
        session.seek(index)
        QApplication.processEvents()
        return session.state

    def show(index: int) -> QImage:
        seen(index)
        return grabbed(part)

    def tell(done: int) -> None:
        patience(done / len(steps))

    if options.out.lower().endswith(".gif"):
        content = animation(steps, show, delay, tell)
    else:
        of_window = None if options.part == "chain" else show
        content = handout(steps, seen, tell, name_of(session.state), of_window)
    if not faults.count:
        write(options.out, content)


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
    _train(program, experiment)
    program.session.seek(options.step)
    part = arranged(program, size, chain=options.part == "chain", panel=options.panel)
    draw = svg if options.out.lower().endswith(".svg") else png
    content = draw(part)
    # A picture in which a part failed is not written.
    if not faults.count:
        write(options.out, content)


def _train(program: Chainstep, experiment: Experiment) -> None:
    # The timer also lets Python hear signals while Qt waits for the training.
    patience, timer = Patience(), QTimer()
    timer.timeout.connect(lambda: patience(program.session.state.progress or 0.0))
    timer.start(_LOOK)
    program.open_at_once(experiment)
    timer.stop()


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
