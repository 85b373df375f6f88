"""The endings of files that are Chainstep's own, by which a system knows what opens them."""

import os

EXPERIMENTS = (".chainstep", ".json")
"""Of an experiment: the first is written, unless another is asked for."""

LESSONS = (".chainstep-lesson", ".toml")
"""Of a lesson."""


def ends_in(path: str | os.PathLike[str], endings: tuple[str, ...]) -> bool:
    """Tell whether the name of a file has one of these endings, in small letters or capitals."""
    return os.fspath(path).lower().endswith(endings)
