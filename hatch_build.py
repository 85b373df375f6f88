"""What hatch puts into a wheel: `engine`, `gui` and `assets`, as the package `chainstep`.

In a checkout `engine` and `gui` are packages of their own. Installed under these names they would
be hidden by anybody's engine.py, and hide his; so the wheel has them below `chainstep`, and each
import in them is changed with them. Only what runs travels.
"""

import ast
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGES = ("engine", "gui")
ASSETS = {".mo", ".svg", ".toml", ".ttf", ".txt"}
"""The types of the files of assets that travel; .txt are the licences of fonts and icons."""

PACKAGE = '''"""Chainstep: see backpropagation happen, one derivative at a time.

    >>> from chainstep.engine import Experiment, moment_at, train

`chainstep.engine` is the mathematics and knows no window; `chainstep.gui` shows it.
"""
'''
MAIN = '''"""`python -m chainstep` is the command `chainstep`."""

import sys

from chainstep.gui.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
'''
_OURS = re.compile(rf"(?:{'|'.join(PACKAGES)})(?:\.[\w.]*)?")


class ChainstepHook(BuildHookInterface):  # type: ignore[type-arg, misc, unused-ignore]
    """Called by hatch before and after it builds."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the package that travels; an editable install has chainstep.py for it."""
        if version == "editable":
            return
        self._made = Path(tempfile.mkdtemp(prefix="chainstep-"))
        write_package(Path(self.root), self._made / "chainstep")
        build_data["force_include"][str(self._made / "chainstep")] = "chainstep"

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact_path: str) -> None:
        """Remove what was made for the wheel."""
        if version != "editable":
            shutil.rmtree(self._made, ignore_errors=True)


def write_package(root: Path, package: Path) -> None:
    """Write the package of a wheel, made from the folders of the checkout `root`.

    Raises ValueError, with file and line, for what could not be moved.
    """
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(PACKAGE, "utf-8")
    (package / "__main__.py").write_text(MAIN, "utf-8")
    for source in _files(root):
        target = package / source.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".py":
            try:
                text = moved(source.read_text("utf-8"))
            except ValueError as fault:
                raise ValueError(f"{source}: {fault}") from fault
            target.write_text(text, "utf-8", newline="\n")
        else:
            shutil.copyfile(source, target)


def _files(root: Path) -> list[Path]:
    every = (path for part in (*PACKAGES, "assets") for path in (root / part).rglob("*"))
    return sorted(
        path
        for path in every
        if path.is_file()
        and "__pycache__" not in path.parts
        and (path.suffix in ASSETS if path.is_relative_to(root / "assets") else True)
    )


def moved(source: str) -> str:
    """Return a module's text with `engine` and `gui` imported from below `chainstep`.

    Lines keep their numbers. Raises ValueError for what names such a module in another way than by
    `from … import` or `import … as`: it would be looked for under its old name.
    """
    tree = ast.parse(source)
    _refuse_names(tree)
    lines = source.encode().splitlines(keepends=True)
    for line, column in sorted(_places(tree), reverse=True):
        text = lines[line - 1]
        lines[line - 1] = text[:column] + b"chainstep." + text[column:]
    return b"".join(lines).decode()


def _places(tree: ast.Module) -> Iterator[tuple[int, int]]:
    """Yield line and column, in bytes, of each imported name that is to be moved."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(name), level=0) if _OURS.fullmatch(name):
                yield node.lineno, node.col_offset + len("from ")
            case ast.Import():
                for alias in node.names:
                    if _OURS.fullmatch(alias.name):
                        if alias.asname is None:
                            raise ValueError(f"line {node.lineno}: import {alias.name} as …")
                        yield alias.lineno, alias.col_offset


def _refuse_names(tree: ast.Module) -> None:
    """Raise ValueError for a string that is the name of such a module, or begins with it."""
    continuing = set[ast.AST]()  # what follows another text may have `chainstep` before it
    for node in ast.walk(tree):
        match node:
            case ast.BinOp(op=ast.Add()):
                continuing.add(node.right)
            case ast.JoinedStr():
                continuing.update(node.values[1:])
            case ast.Constant(value=str(text)) if node not in continuing:
                if "." in text and _OURS.fullmatch(text):
                    raise ValueError(f"line {node.lineno}: a module by its name, {text!r}")
