"""A rule of the house: nobody but its own file knows an algorithm or an activation by its name.

Whoever writes `if algorithm == "in_place"` has to be found and changed for every new algorithm;
what is asked for stands in the record (`engine.algorithms`, `engine.activations`) or can be read
off the steps (`engine.steps`).
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS

ROOT = Path(__file__).parents[1]
OWN = ("engine/algorithms/", "engine/activations/")
NAMES = {*ALGORITHMS, *ACTIVATIONS}

ALLOWED = {
    ("engine/commands/check.py", "backprop"): (
        "the key of the gradients in what is printed as JSON, whatever the algorithm: scripts of"
        " users read it"
    ),
    ("engine/commands/count.py", "backprop"): "likewise, of the number of multiplications",
    ("gui/panels/chain_rule/picture/cost.py", "backprop"): (
        "the name of a way to count multiplications, and of its column"
    ),
    ("engine/teaching/rules/pass_on.py", "sign_flipped"): "the name of a slip, wherever it is made",
    ("engine/presets.py", "tanh"): "the name of a preset",
    ("engine/presets.py", "sigmoid"): "the name of a preset",
}
"""The places where such a word is no name of an algorithm or an activation, and what it is."""


def docstrings(tree: ast.AST) -> Iterator[ast.Constant]:
    """Yield the docstrings, also those of attributes: strings that are a statement."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value


def named_in_experiments(tree: ast.AST) -> Iterator[ast.expr]:
    """Yield what Experiment(…) is given as its activation and algorithm."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Experiment":
            yield from (
                word.value for word in node.keywords if word.arg in {"activation", "algorithm"}
            )


def names_told(path: str, source: str) -> list[tuple[int, str]]:
    """Return the lines of a module that know a name, and which."""
    tree = ast.parse(source)
    passed = set(docstrings(tree))
    if path == "engine/presets.py":
        passed |= set(named_in_experiments(tree))
    return sorted(
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value in NAMES
        and node not in passed
        and (path, node.value) not in ALLOWED
    )


def modules() -> Iterator[tuple[str, str]]:
    for folder in ("engine", "gui"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            if not path.startswith(OWN):
                yield path, file.read_text("utf-8")


def test_nobody_asks_for_the_name_of_an_algorithm_or_an_activation() -> None:
    found = [
        f'{path}:{line}: "{name}" - ask its record, or read it off the steps'
        for path, source in modules()
        for line, name in names_told(path, source)
    ]
    assert not found, "\n" + "\n".join(found)


def test_what_is_allowed_is_there() -> None:
    sources = dict(modules())
    for path, name in ALLOWED:
        assert f'"{name}"' in sources[path], f"{path} no longer needs to be allowed"


def test_the_rule_sees_a_name() -> None:
    source = '"""backprop"""\nif x.algorithm == "in_place":\n    y = {"tanh": 1}\n'
    assert names_told("gui/x.py", source) == [(2, "in_place"), (3, "tanh")]
    source = 'A = Experiment(epochs=1, algorithm="in_place")\nB = "relu"\n'
    assert names_told("engine/presets.py", source) == [(2, "relu")]
    assert names_told("gui/x.py", source) == [(1, "in_place"), (2, "relu")]
