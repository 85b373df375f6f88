"""The tables of numbers: every value, never a stale one, sorted, compared, copied."""

import csv
import io
import math
from array import array
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Run, Sample, UserError, train
from engine.algorithms import ALGORITHMS
from engine.chain import Learner
from engine.history import rows
from engine.moment import length
from engine.quantities import Name, Quantity, Term
from gui.drawing.grid import Area, copied_text
from gui.drawing.ink import Stress
from gui.language.numbers import POINT, exact, subscript
from gui.panels.numbers.picture.history import HistoryTable, Pages, history_table
from gui.panels.numbers.picture.kept import kept_words
from gui.panels.numbers.picture.sample import SampleTable
from gui.panels.numbers.picture.sorting import Column, Row, Sorting, next_sorting
from gui.state import State
from tests.engine.oracle import BENT
from tests.gui.examples import DIVERGING, experiment, run, state

EVERY = [
    experiment(layers, activation, algorithm)
    for layers in (1, 3, 5)
    for activation in ("identity", "sigmoid")
    for algorithm in ALGORITHMS
]
PER_UPDATE = st.integers(0, 2 * 2 * 21)


def everywhere(experiment: Experiment) -> list[State]:
    last = length(run(experiment))
    return [state(experiment, index) for index in range(last + 1)]


def shown(table: SampleTable) -> dict[str, str]:
    """Return the text of each value by its name."""
    column = table.kinds.index(Column.VALUE)
    return {table.cell(i, 0).text: table.cell(i, column).text for i in range(table.rows)}


def texts(table: SampleTable, column: Column) -> list[str]:
    place = table.kinds.index(column)
    return [table.cell(row, place).text for row in range(table.rows)]


# --- this sample ---------------------------------------------------------------------------


def test_the_opening_experiment_as_it_is_written_in_the_article() -> None:
    assert shown(SampleTable(state(Experiment(), 13))) == {
        "x": "1",
        "ê": "−1",
        "w₁": "0.23330",
        "w₂": "−0.23300",
        "w₃": "−0.52133",
        "α": "0.05",
        "y": "0.23330",
        "z": "−0.054359",
        "e": "0.028339",
        "L": "0.52874",
        "∂L/∂e": "1.0283",
        "∂L/∂w₃": "−0.055899",
        "∂L/∂z": "−0.53610",
        "∂L/∂w₂": "−0.12507",
        "∂L/∂y": "0.12491",
        "∂L/∂w₁": "0.12491",
        "new w₃": "−0.51854",
        "new w₂": "−0.22675",
        "new w₁": "0.22705",
    }


def test_what_is_not_computed_yet_is_empty() -> None:
    known = {name for name, text in shown(SampleTable(state(Experiment(), 8))).items() if text}
    assert known == {
        *("x", "ê", "w₁", "w₂", "w₃", "α", "y", "z", "e", "L"),
        *("∂L/∂e", "∂L/∂w₃", "∂L/∂z", "∂L/∂w₂"),
    }


@pytest.mark.parametrize("experiment", EVERY, ids=str)
def test_every_step_adds_its_result_and_what_it_was_made_from_stands_there(
    experiment: Experiment,
) -> None:
    for at in everywhere(experiment):
        table, moment = SampleTable(at), at.moment
        results = [row for row in table.numbers if row.entry.is_result and row.value is not None]
        assert len(results) == moment.position
        if moment.computation is None or table.present is None:
            assert table.present is None
            continue
        latest = table.numbers[table.present]
        assert latest.value == moment.computation.result.value
        found = {(row.entry.name, row.value) for row in table.numbers}
        for quantity, layer, value in moment.computation.operands:
            assert ((quantity, layer), value) in found


@pytest.mark.parametrize("experiment", EVERY, ids=str)
def test_the_latest_result_stands_out_and_nothing_else(experiment: Experiment) -> None:
    for at in everywhere(experiment):
        table = SampleTable(at)
        marked = [
            row for row in range(table.rows) if table.cell(row, 0).dress.stress is Stress.RESULT
        ]
        assert marked == ([] if table.present is None else [table.present])


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_weighted_inputs_and_slopes_against_an_oracle(activation: str) -> None:
    tried = replace(experiment(5, activation, "backprop"), epochs=3)
    for update in range(run(tried).updates):
        table = SampleTable(state(tried, 21 * (update + 1)))
        by = {(row.entry.kind.word, row.entry.layer): row.value for row in table.numbers}
        signal = by["input", 0]
        for i in range(1, 6):
            weight = by["weight", i]
            assert signal is not None
            assert weight is not None
            assert by["weighted_input", i] == weight * signal
            expected, slope = BENT[activation](weight * signal)
            assert by["output", i] == pytest.approx(expected)
            assert by["local_derivative", i] == pytest.approx(slope)
            signal = by["output", i]


def test_without_an_activation_there_are_no_slopes() -> None:
    kinds = {row.entry.kind.word for row in SampleTable(state(Experiment(), 13)).numbers}
    assert not kinds & {"weighted_input", "local_derivative"}


def test_the_slip_that_leaves_the_slope_out_has_none() -> None:
    slip = experiment(3, "tanh", "no_local_derivative")
    kinds = {row.entry.kind.word for row in SampleTable(state(slip, 13)).numbers}
    assert "weighted_input" in kinds
    assert "local_derivative" not in kinds


def test_what_front_to_back_passes_along_is_no_public_derivative() -> None:
    slip = experiment(3, "identity", "front_to_back")
    table = SampleTable(state(slip, 13))
    assert "factor passed on" in texts(table, Column.KIND)
    assert "public derivative" not in texts(table, Column.KIND)
    assert "p₁" in texts(table, Column.NAME)


def test_numbers_that_run_away_are_shown() -> None:
    last = SampleTable(state(DIVERGING, 260))
    assert "NaN" in texts(last, Column.VALUE)
    for column in Column:
        if column in last.kinds:
            assert len(SampleTable(last.state, Sorting(column)).numbers) == last.rows


def test_without_epochs_what_is_given_is_shown() -> None:
    table = SampleTable(state(Experiment(epochs=0)))
    assert {name for name, text in shown(table).items() if text} == {
        *("x", "ê", "α", "w₁", "w₂", "w₃")
    }
    assert table.present is None


def test_a_row_goes_to_the_step_that_computes_it() -> None:
    at = state(Experiment(), 3 * 13 + 2)
    table = SampleTable(at)
    for row in range(table.rows):
        index = table.seek(row)
        if index is None:
            assert table.numbers[row].value is not None
            continue
        there = replace(at, index=index)
        assert there.moment.update == 3
        assert SampleTable(there).present == row


def test_what_is_pointed_at_is_lit() -> None:
    at = replace(state(Experiment(), 13), pointed=Name(Quantity.WEIGHT, 2))
    table = SampleTable(at)
    lit = [table.cell(row, 0).text for row in range(table.rows) if table.cell(row, 0).dress.lit]
    assert lit == ["w₂", "new w₂"]


@given(
    tried=st.sampled_from(EVERY),
    first=PER_UPDATE,
    second=PER_UPDATE,
    lit_first=st.booleans(),
    lit_second=st.booleans(),
)
def test_rows_that_are_said_to_look_the_same_do(
    tried: Experiment, first: int, second: int, *, lit_first: bool, lit_second: bool
) -> None:
    last = length(run(tried))
    point = {True: Name(Quantity.GRADIENT, 1), False: None}
    old, new = (
        SampleTable(replace(state(tried, min(index, last)), pointed=point[lit]))
        for index, lit in ((first, lit_first), (second, lit_second))
    )
    said = new.changed(old)
    assert said is not None
    for row in set(range(new.rows)) - set(said):
        for column in range(new.columns):
            assert old.cell(row, column) == new.cell(row, column)


# --- sorted --------------------------------------------------------------------------------


@pytest.mark.parametrize("falling", [False, True])
@pytest.mark.parametrize("column", [Column.VALUE, Column.LAYER])
def test_sorted_by_a_number_what_has_none_comes_last(column: Column, *, falling: bool) -> None:
    table = SampleTable(state(Experiment(), 8), Sorting(column, falling))
    keys = [row.value if column is Column.VALUE else row.entry.of_layer for row in table.numbers]
    known = [key for key in keys if key is not None]
    assert known == sorted(known, reverse=falling)
    assert keys[len(known) :] == [None] * (table.rows - len(known))


@pytest.mark.parametrize("falling", [False, True])
def test_what_is_equal_stays_in_the_order_of_the_steps(*, falling: bool) -> None:
    plain = SampleTable(state(Experiment(), 13))
    for column in plain.kinds:
        table = SampleTable(plain.state, Sorting(column, falling))
        assert sorted(table.order, key=str) == sorted(plain.order, key=str)
    by_layer = SampleTable(plain.state, Sorting(Column.LAYER, falling))
    for layer in (1, 2, 3):
        of = [row.entry for row in plain.numbers if row.entry.of_layer == layer]
        assert [row.entry for row in by_layer.numbers if row.entry.of_layer == layer] == of


def test_names_are_sorted_along_the_chain() -> None:
    tried = experiment(12, "identity", "backprop")
    names = texts(SampleTable(state(tried, 49), Sorting(Column.NAME)), Column.NAME)
    weights = [name for name in names if name.startswith("w")]
    assert weights == [f"w{subscript(i)}" for i in range(1, 13)]


def test_nan_comes_after_the_numbers() -> None:
    for falling in (False, True):
        table = SampleTable(state(DIVERGING, 6 * 13 + 8), Sorting(Column.VALUE, falling))
        values = [row.value for row in table.numbers if row.value is not None]
        assert any(map(math.isnan, values))
        numbers = [value for value in values if not math.isnan(value)]
        assert values[: len(numbers)] == sorted(numbers, reverse=falling)


def test_a_third_click_goes_back_to_the_order_of_the_steps() -> None:
    first = next_sorting(None, Column.VALUE)
    second = next_sorting(first, Column.VALUE)
    assert (first, second) == (Sorting(Column.VALUE), Sorting(Column.VALUE, falling=True))
    assert next_sorting(second, Column.VALUE) is None
    assert next_sorting(second, Column.LAYER) == Sorting(Column.LAYER)
    falling = next_sorting(None, Column.LAYER, falling=True)
    assert falling == Sorting(Column.LAYER, falling=True)
    assert next_sorting(falling, Column.LAYER, falling=True) is None
    assert next_sorting(falling, Column.LAYER, falling=False) == Sorting(Column.LAYER)


# --- compared ------------------------------------------------------------------------------


def test_the_difference_from_the_reference_at_the_same_place() -> None:
    other = replace(Experiment(), algorithm="in_place")
    at = replace(state(Experiment(), 12 * 13), reference=run(other))
    table = SampleTable(at)
    there = SampleTable(state(other, 12 * 13))

    # A wrong algorithm has other names for what it passes on and uses as a gradient.
    def name_of(row: Row) -> tuple[str, int]:
        passed = row.entry.kind.word == "passed_factor"
        return "public_derivative" if passed else row.entry.kind.word, row.entry.layer

    mine, theirs = ({name_of(r): r.value for r in t.numbers} for t in (table, there))
    for row in table.numbers:
        name = name_of(row)
        assert row.reference == theirs[name]
        assert row.difference == mine[name] - theirs[name]  # type: ignore[operator]
    assert any(row.difference for row in table.numbers)
    assert kept_words(at) == "The kept run is at the same point, epoch 6, sample 2."


def test_a_run_compared_with_itself_differs_nowhere() -> None:
    at = replace(state(Experiment(), 400), reference=run(Experiment()))
    assert {row.difference for row in SampleTable(at).numbers} == {0.0, None}


def test_a_reference_that_ends_earlier_says_so() -> None:
    at = replace(state(Experiment(), 13 * 30), reference=run(Experiment(epochs=4)))
    assert kept_words(at) == (
        "The kept run does not reach this point: it is shown at epoch 4, sample 2."
    )


def test_ends_are_compared_with_ends_whatever_the_length() -> None:
    at = replace(
        state(experiment(5, "identity", "backprop"), 21),
        reference=run(experiment(3, "identity", "backprop")),
    )
    table, there = SampleTable(at), state(experiment(3, "identity", "backprop"), 13).moment
    by = {
        row.entry.name: row.reference
        for row in table.numbers
        if row.entry.kind.word != "new_weight"
    }
    assert by[Quantity.OUTPUT, 5] == there.outputs[3]
    assert by[Quantity.UPSTREAM, 5] == there.upstreams[2]
    assert by[Quantity.OUTPUT, 2] == there.outputs[2]
    assert by[Quantity.WEIGHT, 3] == there.weights_before[2]
    assert by[Quantity.WEIGHT, 4] is None
    assert by[Quantity.OUTPUT, 3] is None


def test_a_reference_without_epochs_has_what_is_given() -> None:
    at = replace(state(Experiment(), 13), reference=run(Experiment(epochs=0)))
    table = SampleTable(at)
    assert {row.entry.kind.word for row in table.numbers if row.reference is not None} == {
        *("input", "target", "weight", "learning_rate")
    }


# --- the history ---------------------------------------------------------------------------


def history(at: State) -> HistoryTable:
    return history_table(at, Pages(at.run))


def test_the_history_has_the_rows_of_the_run() -> None:
    at = state(Experiment(samples=(Sample(1 / 3, 0.1), Sample(-0.7, 2.0))), 5)
    table = history(at)
    assert (table.rows, table.columns) == (480, 13)
    for row, expected in enumerate(rows(at.run)):
        found = [table.cell(row, column).copied for column in range(table.columns)]
        numbers = (*expected[3:7], *expected.weights, *expected.gradients)
        assert found == [*map(str, expected[:3]), *map(repr, numbers)]
    assert [table.heading(c) for c in range(13)] == [
        *("Update", "Epoch", "Sample", "x", "ê", "e", "L"),
        *("w₁", "w₂", "w₃", "∂L/∂w₁", "∂L/∂w₂", "∂L/∂w₃"),
    ]


def test_the_present_update_is_marked_and_its_row_leads_to_its_end() -> None:
    table = history(state(Experiment(), 13 * 7 + 4))
    assert table.present == 7
    assert table.row_head(7).text == "▸ 4·2"
    assert table.row_head(7).hint == "Epoch 4, sample 2: update 8 of 480"
    assert table.row_head(6).text == "4·1"
    assert table.seek(7) == 13 * 8
    assert state(Experiment(), table.seek(7)).moment.update == 7


def test_with_a_single_sample_the_epoch_is_enough() -> None:
    table = history(state(Experiment(samples=(Sample(1.0, -1.0),)), 13 * 7 + 4))
    assert (table.row_heading, table.row_head(7).text) == ("Epoch", "▸ 8")


def test_only_the_former_and_the_present_row_look_otherwise() -> None:
    at = state(Experiment(), 13 * 7 + 4)
    table = history(at)
    later = history_table(replace(at, index=13 * 300), table.pages)
    assert later.changed(table) == [7, 299]
    assert history_table(replace(at, index=13 * 7 + 5), table.pages) == table
    assert later.changed(history(at)) is None


def long_run(updates: int) -> Run:
    """Return a run of many updates without training it: all of its weights are those at first."""
    tried = Experiment(epochs=updates // 2)
    numbers = array("d", [0.0]) * updates
    kept = array("d", tried.weights) * updates
    return Run(tried, 1, kept, numbers, numbers, numbers, tried.weights, None, None)


def test_of_a_million_rows_only_pages_around_those_in_sight_are_computed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_million = long_run(1_000_000)
    table = HistoryTable(Pages(a_million), 0, 5, "en")
    learnt: list[float] = []
    learn = Learner.learn

    def counted(self: Learner, x: float, target: float) -> float:
        learnt.append(x)
        return learn(self, x, target)

    monkeypatch.setattr(Learner, "learn", counted)
    for first in (0, 500_000, 999_970):
        before = len(learnt)
        for row in range(first, first + 30):
            assert table.cell(row, 0).copied == str(row + 1)
            for column in range(table.columns):
                table.cell(row, column)
        assert len(learnt) - before <= 128


def test_no_epochs_no_rows() -> None:
    table = history(state(Experiment(epochs=0)))
    assert table.rows == 0
    assert table.present is None


# --- copied --------------------------------------------------------------------------------


def test_one_cell_is_copied_bare_and_in_full() -> None:
    table = SampleTable(state(Experiment(), 13))
    row = texts(table, Column.NAME).index("∂L/∂w₃")
    assert copied_text(table, [Area(row, 3, row, 3)]) == "-0.055899372808501456"


def test_an_area_is_copied_with_its_heads() -> None:
    table = SampleTable(state(Experiment(), 3))
    head, *lines = copied_text(table, [Area(0, 0, table.rows - 1, 3)]).split("\n")
    assert head == "Name\tWhat it is\tLayer\tValue"
    assert lines[0] == "x\tinput\t\t1.0"
    assert lines[2] == "w₁\tweight\t1\t0.2333"
    assert lines[-1] == "new w₁\tnew weight\t1\t"
    assert len(lines) == table.rows


def test_areas_apart_keep_their_rows_and_columns() -> None:
    table = SampleTable(state(Experiment(), 3))
    text = copied_text(table, [Area(0, 0, 0, 0), Area(2, 3, 2, 3)])
    assert text == "Name\tValue\nx\t\n\t0.2333"


def test_more_than_can_be_copied_is_refused_at_once() -> None:
    table = HistoryTable(Pages(long_run(100_000)), 0, 5, "en")
    with pytest.raises(UserError) as refused:
        copied_text(table, [Area(0, 0, 99_999, 12)])
    assert refused.value.values["count"] == 1_300_000


def test_a_cell_knows_its_full_value_and_can_show_fewer_digits() -> None:
    table = SampleTable(state(Experiment(), 13))
    cell = table.cell(texts(table, Column.NAME).index("∂L/∂w₃"), 3)
    assert cell.hint == f"∂L/∂w₃ = {exact(-0.055899372808501456, POINT)}"
    assert list(cell.narrower()) == ["−0.05590", "−0.0559", "−0.056", "−0.06"]
    assert list(table.cell(0, 0).narrower()) == []


# --- exported ------------------------------------------------------------------------------


@pytest.mark.parametrize("compared", [False, True])
def test_the_sample_as_csv_reads_back(*, compared: bool) -> None:
    at = state(experiment(3, "tanh", "backprop"), 9, language="zh_CN")
    if compared:
        at = replace(at, reference=train(experiment(3, "tanh", "in_place")))
    table = SampleTable(at)
    head, *lines = csv.reader(io.StringIO("".join(table.export().lines)))
    assert head == ["kind", "layer", "value", *(["reference", "difference"] if compared else [])]
    for line, row in zip(lines, table.numbers, strict=True):
        assert line[0] == row.entry.kind.word
        assert line[1] == ("" if row.entry.of_layer is None else str(row.entry.of_layer))
        numbers = [row.value, row.reference, row.difference][: len(head) - 2]
        assert line[2:] == ["" if n is None else repr(n) for n in numbers]


def test_names_are_those_of_the_formula() -> None:
    term = Term(Quantity.DERIVATIVE, 2, 0.0)
    row = SampleTable(state(experiment(3, "tanh", "backprop"), 13)).numbers
    assert [r.entry.symbol for r in row if r.entry.name == term[:2]] == ["tanh′(w₂·y)"]
