"""engine.programs: the lines that are marked for a step are those that do it."""

from __future__ import annotations

import contextlib
import io
import itertools
import re
import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from engine import Experiment, Phase, Sample, Step, UserError, moment_at, train
from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.programs import FORMS, MOST_LAYERS, Program, program
from engine.steps import Structure, steps_of

if TYPE_CHECKING:
    from types import FrameType

WEIGHTS = (0.5, -0.75, 1.25, 0.9, -1.1)
PLAIN = tuple(form for form in FORMS if form != "pytorch")


class Ran(NamedTuple):
    """A marked line that ran, and the value it gave its name, or returned."""

    line: int
    value: object


def lines_run(written: Program) -> list[Ran]:
    """Run a program; return its marked lines in the order in which they ran."""
    found: list[Ran] = []
    marked = set(written.phases())
    running: dict[FrameType, int] = {}

    def trace(frame: FrameType, event: str, returned: Any) -> Any:  # noqa: ANN401 - sys.settrace's
        if frame.f_code.co_filename != "program":
            return None
        if frame in running:
            place = running.pop(frame)
            text = written.lines[found[place].line - 1].strip()
            value = returned if text.startswith("return") else named(text, frame)
            found[place] = found[place]._replace(value=value)
        if event == "line" and frame.f_lineno in marked:
            running[frame] = len(found)
            found.append(Ran(frame.f_lineno, None))
        return trace

    code = compile(written.text, "program", "exec")
    before = sys.gettrace()
    with contextlib.redirect_stdout(io.StringIO()):
        sys.settrace(trace)
        try:
            exec(code, {})  # noqa: S102 - our own
        finally:
            sys.settrace(before)
    return found


def named(line: str, frame: FrameType) -> object:
    """Return the value that a line has just given to a name, or to the end of a list."""
    assigned = re.fullmatch(r"(\S+) [-]?= .*", line)
    appended = re.fullmatch(r"(\S+)\.append\(.*\)", line)
    name = assigned[1] if assigned else f"{appended[1]}[-1]" if appended else "None"
    return eval(name, frame.f_globals, frame.f_locals)  # noqa: S307 - our own


def passes_on(structure: Structure) -> Step:
    """Return a step that passes on; its lines in a loop are those of all."""
    longer = structure._replace(layers=2)
    return next(step for step in steps_of(longer) if step.phase is Phase.PASS_ON)


def lines_expected(written: Program, structure: Structure) -> list[int]:
    """Return the lines of one sample's steps, in the order of the steps.

    A loop passes on from the last layer it visits as well: nobody takes it, and it is no step.
    """
    found: list[int] = []
    visited_last = structure.layers if structure.algorithm == "front_to_back" else 1
    passing = Phase.UPDATE if structure.algorithm == "in_place" else Phase.GRADIENT
    for step in steps_of(structure):
        found += written.lines_of(step)
        if (step.phase, step.layer) == (passing, visited_last) and written.form != "unrolled":
            found += written.lines_of(passes_on(structure))
    return found


@pytest.mark.parametrize("activation", ["identity", "tanh"])
@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("form", PLAIN)
def test_lines_run_in_the_order_of_the_steps(form: str, algorithm: str, activation: str) -> None:
    for layers in (1, 2, 3, 4, 5):
        if form == "unrolled" and layers > MOST_LAYERS:
            continue
        samples = (Sample(1.0, -1.0), Sample(0.5, 0.25))
        experiment = Experiment(WEIGHTS[:layers], samples, 0.1, 1, activation, algorithm)
        written = program(experiment, form)
        wanted = lines_expected(written, experiment.structure)
        assert [ran.line for ran in lines_run(written)][: 2 * len(wanted)] == wanted * 2


@pytest.mark.parametrize("activation", ["identity", "sigmoid"])
@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("form", PLAIN)
def test_the_line_of_a_step_computes_what_the_window_shows(
    form: str, algorithm: str, activation: str
) -> None:
    experiment = Experiment(WEIGHTS[:3], (Sample(1.0, -1.0),), 0.1, 1, activation, algorithm)
    written = program(experiment, form)
    run = train(experiment)
    ran = iter(lines_run(written))
    for index, step in enumerate(steps_of(experiment.structure), start=1):
        values = {
            line: next(one.value for one in ran if one.line == line)
            for line in written.lines_of(step)
        }
        computation = moment_at(run, index).computation
        assert computation is not None
        shown = list(values.values())[-1]
        if shown is not None:  # the framework hands e − ê over without giving it a name
            assert shown == computation.result.value, step
        else:
            assert (form, step.phase) == ("framework", Phase.SEED)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_every_step_has_a_line_in_the_core(algorithm: str, activation: str) -> None:
    for layers, form in itertools.product((1, 3, 64), FORMS):
        if form == "unrolled" and layers > MOST_LAYERS:
            continue
        experiment = Experiment((0.5,) * layers, activation=activation, algorithm=algorithm)
        written = program(experiment, form)
        for step in steps_of(experiment.structure):
            for number in written.lines_of(step):
                assert number in written.core
                assert written.lines[number - 1].startswith("    ")


def test_unrolled_lines_belong_to_their_layers() -> None:
    written, steps = program(Experiment(), "unrolled"), steps_of(Experiment().structure)

    def line(phase: Phase, layer: int) -> str:
        (step,) = (s for s in steps if (s.phase, s.layer) == (phase, layer))
        (number,) = written.lines_of(step)
        return written.lines[number - 1].strip()

    assert line(Phase.FORWARD, 2) == "z = w2 * y"
    assert line(Phase.SEED, 3) == "upstream = e - target"
    assert line(Phase.GRADIENT, 2) == "g2 = upstream * y"
    assert line(Phase.PASS_ON, 3) == "upstream = upstream * w3"
    assert line(Phase.UPDATE, 1) == "w1 = w1 - learning_rate * g1"


def test_unrolled_is_refused_for_more_than_four_layers() -> None:
    with pytest.raises(UserError) as refused:
        program(Experiment((0.5,) * 64), "unrolled")
    assert str(refused.value) == "The unrolled form is for at most 4 layers, not 64."
