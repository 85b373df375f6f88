"""`chainstep diagnose`: train, and print the findings about the run with their numbers."""

import argparse
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from engine.commands.options import add_experiment_options, experiment_from
from engine.commands.output import Patience, plain, print_json
from engine.diagnosis import SENTENCES, Finding, Identity, diagnose, facts_at, filled
from engine.parameters import name_of, parameter_of
from engine.quantities import Name
from engine.run import Run
from engine.training.train import train

_DIGITS = 6


def add(commands: Any) -> None:  # noqa: ANN401 - argparse's own type is private
    """Add `diagnose` to a parser's sub-commands."""
    parser = commands.add_parser(
        "diagnose",
        help="train, tell what is going on",
        description="Train and tell what became of the run and why, with the numbers that prove"
        " it; then what is true of the trained weights.",
    )
    add_experiment_options(parser)
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")
    parser.set_defaults(command=diagnose_command, parser=parser)


def diagnose_command(options: argparse.Namespace) -> None:
    """Run `chainstep diagnose`: train and print. Raises `UserError` for bad options."""
    experiment = experiment_from(options)
    with Patience() as patience:
        run = train(experiment, progress=lambda done: patience(done / experiment.updates))
        patience(1.0)
        results, lines = _results(run), tuple(_lines(run))
    if options.json:
        print_json(results)
    else:
        print("\n".join(lines))


def _results(run: Run) -> dict[str, Any]:
    findings = [{"kind": f.kind.value, **f.numbers} for f in diagnose(run).findings]
    return {"findings": findings, **asdict(facts_at(run, run.updates))}


def _lines(run: Run) -> Iterator[str]:
    yield from map(_sentence, diagnose(run).findings)
    facts = facts_at(run, run.updates)
    yield (
        f"With the trained weights the curvature is {_number(facts.curvature)}; steps are stable"
        f" below the edge, 2/α = {_number(facts.edge)}."
    )
    if facts.identity is not None and math.isfinite(facts.identity.gap):
        yield _identity(facts.identity)


def _identity(found: Identity) -> str:
    """Return how far wᵢ·∂L/∂wᵢ and (e − ê)·e are the same, for the first sample."""
    both = f"(e − ê)·e = {_number(found.expected)}"
    if not found.gap:
        return f"For sample 1, w·∂L/∂w of every layer equals {both}, to the last digit."
    if found.holds:
        return f"For sample 1, w·∂L/∂w of every layer equals {both}, to within {found.gap:.0e}."
    return (
        f"For sample 1, w·∂L/∂w of a layer differs from {both} by up to {found.gap:.1e}: these are"
        " not the true gradients."
    )


def _sentence(found: Finding) -> str:
    short, long = (filled(template, found, _number, _symbol) for template in SENTENCES[found.kind])
    return f"{short}. {long}"


def _symbol(name: Name) -> str:
    return name_of(parameter_of(name.quantity), name.layer)


def _number(value: float) -> str:
    text = plain(value + 0.0)  # and no -0
    return text if len(text) <= _DIGITS + 2 else f"{value:.{_DIGITS}g}"
