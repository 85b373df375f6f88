"""What all tests of the engine share: the commands in-process."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from engine.cli import Parser, add_commands, run_command
from engine.commands.options import protected

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable


class Outcome(NamedTuple):
    """What a command came to."""

    status: int
    out: str
    err: str

    def json(self) -> Any:  # noqa: ANN401 - JSON may be anything
        """Return what was printed, read strictly: NaN and Infinity are no JSON."""

        def refuse(name: str) -> None:
            raise AssertionError(f"{name} is no JSON")

        return json.loads(self.out, parse_constant=refuse)


@pytest.fixture
def chainstep(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Return a function that runs `chainstep …` as the entry point does."""

    def run(*arguments: object) -> Outcome:
        parser = Parser(prog="chainstep")
        add_commands(parser.add_subparsers(required=True))
        try:
            options: argparse.Namespace = parser.parse_args(protected([str(a) for a in arguments]))
            status = run_command(parser, options)
        except SystemExit as stop:
            status = int(stop.code or 0)
        return Outcome(status, *capsys.readouterr())

    return run
