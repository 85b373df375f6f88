"""Chainstep as it is imported: `chainstep.engine` and `chainstep.gui`.

    >>> from chainstep.engine import Experiment, moment_at, train

In this folder, and where it is installed as editable, this file stands for the package that a wheel
has (`hatch_build.py`): the names `engine` and `gui` belong to whoever writes a program of his own.
The folders beside it are then imported under `chainstep`, and what *they* import as `engine` or
`gui` is found there too, whatever else has that name.
"""

import builtins
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import ModuleType

__path__ = [str(Path(__file__).resolve().parent)]

_PARTS = ("engine", "gui")


def _import(
    name: str,
    own: Mapping[str, object] | None = None,
    local: Mapping[str, object] | None = None,
    names: Sequence[str] | None = (),
    level: int = 0,
) -> ModuleType:
    """Import as Python does; `engine` and `gui` are those below `chainstep`."""
    if level == 0 and name.partition(".")[0] in _PARTS:
        name = f"chainstep.{name}"
    return builtins.__import__(name, own, local, names or (), level)


_BUILTINS = {**vars(builtins), "__import__": _import}


class _Loader(SourceFileLoader):
    """Loads a module of Chainstep, in which `import` means the function above."""

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__builtins__"] = _BUILTINS
        super().exec_module(module)


class _Finder(MetaPathFinder):
    """Finds the modules of Chainstep in the folders beside this file."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where the module of this full name is; nothing if it is none of ours."""
        if not name.startswith(tuple(f"chainstep.{part}" for part in _PARTS)):
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.origin is not None:
            spec.loader = _Loader(name, spec.origin)
        return spec


if __name__ == "__main__":
    sys.exit(import_module("chainstep.gui.__main__").main())

sys.meta_path.insert(0, _Finder())
