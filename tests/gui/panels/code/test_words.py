"""gui.panels.code.picture.words: the remarks of every program are Chinese in the Chinese window."""

import ast
import io
import re
import tokenize

import pytest

from engine.activations import ACTIVATIONS
from engine.algorithms import ALGORITHMS
from engine.programs import FORMS, program
from gui.language import speech
from gui.panels.code.picture import code_picture
from gui.panels.code.picture.words import translated
from tests.gui import examples

HAN = re.compile("[\u4e00-\u9fff]")


def bare(text: str) -> str:
    """Return what a program does, without a remark."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.dump(tree)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_remark_is_translated_and_nothing_else(
    form: str, algorithm: str, activation: str
) -> None:
    for layers in (1, 3):
        written = program(examples.experiment(layers, activation, algorithm), form)
        lines = translated(written.lines, speech("zh_CN"))
        text = "\n".join(lines) + "\n"
        assert len(lines) == len(written.lines)
        assert bare(text) == bare(written.text)
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            docstring = token.type == tokenize.STRING and token.string.startswith('"""')
            if token.type == tokenize.COMMENT or docstring:
                known = re.search(r"[|²=^] ?", token.string)
                assert HAN.search(token.string) or known, token.string
        assert translated(written.lines, speech("en")) == written.lines


def test_the_panel_shows_it() -> None:
    experiment = examples.experiment(3, "tanh", "in_place")
    english = code_picture(examples.state(experiment, 8))
    chinese = code_picture(examples.state(experiment, 8, language="zh_CN"))
    assert english.marked == chinese.marked
    assert not HAN.search(english.listing.text)
    assert "训练由 3 个神经元组成的链" in chinese.listing.text
    assert "权重更新得太早" in chinese.listing.text
