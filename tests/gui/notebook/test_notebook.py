"""What notebooks show: without Qt, and the same as the window; the notebooks that come with it."""

import ast
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine import Experiment, check_gradients, moment_at, train
from engine.notebook import speak
from gui.chain.picture import chain_picture
from gui.chain.picture.layout import lowest_height, narrowest_width
from gui.state import Look, State
from gui.theme import THEMES

ROOT = Path(__file__).parents[3]
BOOKS = sorted((ROOT / "assets/notebooks").glob("*.ipynb"))
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak("en")


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - our own


def texts(svg: str) -> list[str]:
    return [node.text or "" for node in parsed(svg).iter(f"{SVG}text")]


@pytest.mark.parametrize("index", range(0, 20, 3))
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_moment_shows_every_text_of_the_windows_picture(index: int, language: str) -> None:
    speak(language)
    experiment = Experiment(activation="tanh", biases=(0.1, 0.2, 0.3))
    run = train(experiment)
    svg = moment_at(run, index)._repr_svg_()
    assert svg is not None
    state = State(run, index, experiment, Look(language=language, movement=False))
    wide, high = max(narrowest_width(3), 860.0), 1.08 * lowest_height(2)
    picture = chain_picture(state, wide, high)
    found = texts(svg)
    assert {caption.text for caption in picture.captions} <= set(found)
    for box in picture.boxes:
        assert box.symbol in found
        assert not box.number or {box.number, *box.shorter} & set(found)
    ink = THEMES["light"].inks
    assert any(one.line in svg for one in ink.values())


def test_a_run_shows_its_loss_and_its_final_weights() -> None:
    run = train(Experiment())
    bundle = run._repr_mimebundle_()
    assert bundle["text/plain"] == "Converged at epoch 191."
    curve = parsed(bundle["image/svg+xml"]).find(f"{SVG}polyline")
    assert curve is not None
    heights = [float(point.split(",")[1]) for point in curve.attrib["points"].split()]
    assert heights[0] < heights[-1], "it falls"
    for weight in run.final_weights:
        assert repr(abs(weight)) in bundle["text/html"]
    assert set(run._repr_mimebundle_(include=["text/html"])) == {"text/html"}
    assert "text/html" not in run._repr_mimebundle_(exclude=["text/html"])


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(epochs=0),
        Experiment(weights=(3.0, 3.0, 3.0), learning_rate=1.0, epochs=10),
        Experiment(weights=(0.5,)),
        Experiment(weights=(0.9,) * 30, epochs=3),
    ],
)
def test_whatever_the_run_it_can_be_shown(experiment: Experiment) -> None:
    run = train(experiment)
    moments = (moment_at(run, 0), moment_at(run, run.updates * (4 * experiment.layers + 1)))
    for thing in (run, *moments):
        parsed(thing._repr_svg_() or "")
        assert "nan" not in (thing._repr_svg_() or "")
        assert thing._repr_html_()


def test_checks_are_a_table_in_which_a_wrong_gradient_stands_out() -> None:
    right = Experiment()
    wrong = replace(right, algorithm="in_place")
    for experiment, marks in ((right, "✓✓✓"), (wrong, "✗?✓")):
        checks = check_gradients(experiment, experiment.weights, experiment.samples[0])
        assert isinstance(checks, tuple)
        html = checks._repr_html_() or ""
        rows = parsed(html).findall("tr")[1:]
        assert "".join((row[-1].text or "")[0] for row in rows) == marks
        assert checks._repr_svg_() is None


def test_it_needs_no_qt() -> None:
    code = (
        "import sys; from engine import *; r = train(Experiment()); r._repr_html_();"
        "moment_at(r, 8)._repr_html_();"
        "check_gradients(r.experiment, r.final_weights, r.experiment.samples[0])._repr_html_();"
        "print([m for m in sys.modules if m.startswith(('PySide', 'pyqtgraph'))])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "[]"


@pytest.mark.parametrize("book", BOOKS, ids=lambda path: path.stem)
def test_the_notebooks_run_from_top_to_bottom(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.loads(book.read_text("utf-8"))
    assert content["nbformat"] == 4
    monkeypatch.chdir(book.parent)
    monkeypatch.syspath_prepend(os.fspath(ROOT))
    shown: list[dict[str, str]] = []
    names: dict[str, Any] = {}
    for cell in content["cells"]:
        assert cell["id"]
        source = "".join(cell["source"])
        if cell["cell_type"] != "code":
            continue
        assert cell["outputs"] == []
        tree = ast.parse(source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, str(book), "exec"), names)  # noqa: S102 - our own notebook
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), str(book), "eval"), names)  # noqa: S307
            if hasattr(value, "_repr_mimebundle_"):
                shown.append(value._repr_mimebundle_())
    assert sum("image/svg+xml" in one for one in shown) == 5
    assert len(shown) == 7
    html = "".join(one["text/html"] for one in shown)
    assert ("公共导数" in html) == ("zh_CN" in book.stem)


def test_both_notebooks_have_the_same_cells() -> None:
    kinds = []
    for book in BOOKS:
        cells = json.loads(book.read_text("utf-8"))["cells"]
        kinds.append([(one["cell_type"], one["source"][-1]) for one in cells])
    english, chinese = kinds
    assert [kind for kind, _ in english] == [kind for kind, _ in chinese]
    code = [[text for kind, text in book if kind == "code"][1:] for book in kinds]
    assert code[0] == code[1]
