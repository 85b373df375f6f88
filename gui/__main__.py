"""The command `chainstep`: the window at once, or whatever else its arguments ask for."""

import sys
from collections.abc import Sequence

from gui.shell import process


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `chainstep` with `arguments`; return its status.

    By default they are those of this process, which is then wholly `chainstep`'s.
    """
    if arguments is not None:
        return _run(arguments)
    return process.run(lambda: _run(sys.argv[1:]))


def _run(given: Sequence[str]) -> int:
    if list(given) == ["--version"]:
        return _version()
    return _commands(given) if given else _window()


def _version() -> int:
    from gui.resources import version  # noqa: PLC0415 - it needs none of the commands

    print(f"chainstep {version()}".strip())
    return 0


def _commands(given: Sequence[str]) -> int:
    from gui.commands import run  # noqa: PLC0415 - the window is seen earlier without them

    return run(given)


def _window() -> int:
    from gui.shell import importing  # noqa: PLC0415

    importing.plainly()
    from gui.shell.start import start  # noqa: PLC0415 - Qt is for the window alone

    if start():
        return 0
    from gui.state import NO_DISPLAY  # noqa: PLC0415

    print(f"chainstep: {NO_DISPLAY}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
