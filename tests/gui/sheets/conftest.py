"""What the tests of the commands that print share."""

from collections.abc import Callable

import pytest

from engine.commands.output import Patience
from gui.__main__ import main

Chainstep = Callable[..., tuple[int, str, str]]


@pytest.fixture
def chainstep(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Chainstep:
    """Return a function that runs `chainstep …` in this process."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    # On a busy machine these take longer than a second, too, and tell so.
    monkeypatch.setattr(Patience, "_FIRST", 600.0)

    def run(*arguments: object) -> tuple[int, str, str]:
        status = main([str(argument) for argument in arguments])
        return status, *capsys.readouterr()

    return run
