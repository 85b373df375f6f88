"""Numbers have the decimal sign of the language, or the chosen one, wherever they stand."""

import re
from pathlib import Path

import pytest

from engine import Experiment, Sample, UserError
from engine.algorithms import ALGORITHMS
from engine.files.experiment_file import load
from engine.user_error import Location
from gui.chain.picture import chain_picture
from gui.formula.picture import formula_picture
from gui.language import numbers, sentence, speech
from gui.panels import NAMES
from gui.panels.chain_rule.picture import ChainRulePicture
from gui.panels.diagnosis.picture import diagnosis_picture
from gui.panels.gradient_check.picture import check_picture
from gui.panels.numbers.picture.sample import SampleTable
from gui.panels.surface.picture import surface_picture
from gui.shell.app import Chainstep
from gui.status.picture import status_picture
from gui.timeline.picture import timeline_picture
from tests.gui import examples
from tests.gui.language.messages import marked
from tests.gui.language.walk import seen, texts
from tests.gui.screen import enter, entry, field, press, settle, shown_numbers

POINT = re.compile(r"\d\.\d")
COMMA = "en@,"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (lambda say: numbers.rounded(-0.125, 3, say), "−0,125"),
        (lambda say: numbers.rounded(3.14159e-9, 5, say), "3,1416×10⁻⁹"),
        (lambda say: numbers.exact(0.05, say), "0,05"),
        (lambda say: numbers.given(0.52133, 5, say), "0,52133"),
        (lambda say: numbers.shortened(0.2345, 2, say), "≈0,23"),
        (lambda say: numbers.power(0.02, say), "0,02"),
        (lambda say: numbers.relative(1.5, say), "1,5"),
        (lambda say: numbers.plain_rounded(0.5, say), "0,5"),
        (lambda say: numbers.exact(3.0, say), "3"),
    ],
)
def test_each_way_to_write_a_number(written, text: str) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    assert written(speech(COMMA)) == text
    assert written(speech("en")) == text.replace(",", ".")


def test_the_sign_is_that_of_the_language_unless_another_is_chosen(pseudo_language: str) -> None:
    assert speech(pseudo_language).decimal_sign == ","
    assert speech(f"{pseudo_language}@.").decimal_sign == "."
    assert speech(f"{pseudo_language}@.").own_name == speech(pseudo_language).own_name


def test_a_value_in_a_saidhas_it_too() -> None:
    fault = UserError("{location} must be 1, not {value}.", Location("epochs"), value="-0.5")
    assert sentence(fault, COMMA) == "The number of epochs must be 1, not −0,5."
    fault.values["value"] = "'0.5 m'"
    assert sentence(fault, COMMA).endswith("not '0.5 m'.")


@pytest.mark.parametrize(
    "experiment",
    [
        *(examples.experiment(3, "tanh", algorithm) for algorithm in ALGORITHMS),
        examples.experiment(12, "identity", "backprop"),
        Experiment(epochs=0),
        Experiment(weights=(0.2333,) * 3, epochs=40),
        Experiment(weights=(3.5, 3.5), samples=(Sample(3.5, -3.5),), learning_rate=1.0, epochs=9),
    ],
)
def test_no_picture_writes_a_point(experiment: Experiment) -> None:
    for index in range(0, 2 * (4 * experiment.layers + 1) + 1, 1 if experiment.layers < 9 else 7):
        state = examples.state(experiment, index, decimal=",")
        if index > state.last:
            break
        derived, table = ChainRulePicture(state), SampleTable(state)
        pictures: list[object] = [
            chain_picture(state, 900, 340),
            formula_picture(state),
            timeline_picture(state),
            status_picture(state),
            check_picture(state),
            diagnosis_picture(state),
            surface_picture(state),
            derived.words(),
            *(derived.row(row) for row in derived.derived.rows),
            *(table.cell(row, 3).text for row in range(table.rows)),
            *(table.cell(row, 3).hint for row in range(table.rows)),
        ]
        assert pointed(texts(pictures)) == set(), index


def pointed(found) -> set[str]:  # type: ignore[no-untyped-def] # noqa: ANN001
    """Return the texts with a point in a number.

    What is copied for other programs keeps it, and so do numbers that are part of a sentence: its
    translators write them.
    """
    kept = [message.text for message in marked() if POINT.search(message.text)]
    rest = {text: text for text in found if POINT.search(text) and "\t" not in text}
    for said in kept:
        rest = {text: left.replace(said, "") for text, left in rest.items()}
    return {text for text, left in rest.items() if POINT.search(left)}


def test_the_window_writes_none_and_files_keep_it(program: Chainstep, tmp_path: Path) -> None:
    entry(program, "Comma: 0,5").trigger()
    press(program, "Ctrl+Right", *["Right"] * 8)
    for panel in NAMES:
        program.session.set_look(panel=panel)
        settle()
        if panel != "code":
            assert pointed(seen(program)) == set(), panel
    assert shown_numbers(program)["y"] == "0,22102"
    path = tmp_path / "saved.json"
    program.parts.documents._save(path)
    assert load(path) == program.session.state.experiment
    assert "-0.233" in path.read_text("utf-8")


def test_a_field_reads_what_it_writes_and_both_signs(program: Chainstep) -> None:
    entry(program, "Comma: 0,5").trigger()
    settle()
    assert field(program, "weights[0]").text() == "0,2333"
    for text, value in (("0,25", 0.25), ("0.75", 0.75), ("1.234", 1.234), ("1,234", 1.234)):
        enter(program, "weights[0]", text)
        assert program.session.state.experiment.weights[0] == value, text
    assert field(program, "weights[0]").text() == "1,234"
    entry(program, "Point: 0.5").trigger()
    settle()
    assert field(program, "weights[0]").text() == "1.234"
    # Where numbers have points, 1,234 could be a thousand.
    enter(program, "weights[0]", "1,234")
    assert program.session.state.faults
