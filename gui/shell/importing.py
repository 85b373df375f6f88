"""Imports as Python itself makes them: PySide's way costs a tenth of the start."""

import builtins


def plainly() -> None:
    """Import as Python does from now on, Qt having been imported.

    PySide looks at every import: it reads the source of each module to see whether that wants Qt's
    functions under other names. Ours do not.
    """
    import PySide6.QtCore  # noqa: F401, PLC0415 - it is what puts its own way in

    former = getattr(builtins, "__orig_import__", None)
    if former is not None:
        builtins.__import__ = former
