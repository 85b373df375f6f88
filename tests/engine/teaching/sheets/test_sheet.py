"""engine.teaching.sheets: exercises whose numbers are right, whose mistakes are found."""

import math
from collections.abc import Sequence
from itertools import pairwise

import pytest

from engine import UserError
from engine.activations import ACTIVATIONS, IDENTITY
from engine.steps import Phase
from engine.teaching.sheet_numbers import LONGEST
from engine.teaching.sheets import KINDS, Exercise, sheet, sheet_made, told, values_of
from engine.teaching.sheets.orders import lines_of
from engine.teaching.sheets.rows import empty

OTHERS = [name for name in ACTIVATIONS if name != IDENTITY]


def by_hand(exercise: Exercise) -> list[float]:
    """Compute the sample as one does on paper, with the activation's own f and f′."""
    experiment, f = exercise.experiment, exercise.experiment.structure.f
    weights, sample = experiment.weights, experiment.samples[0]
    a = [sample.x]
    for w in weights:
        a.append(f.function(w * a[-1]))
    passed = a[-1] - sample.target
    found, gradients = [*a[1:], passed * passed / 2, passed], {}
    for i in range(len(weights) - 1, -1, -1):
        local = passed * f.derivative(a[i + 1])
        gradients[i] = local * a[i]
        found.append(gradients[i])
        passed = local * weights[i]
        found += [passed] if i else []
    return [*found, *(weights[i] - experiment.learning_rate * g for i, g in gradients.items())]


def significant(number: float) -> int:
    return len(f"{abs(number):.12g}".replace(".", "").strip("0"))


@pytest.mark.parametrize(
    ("activation", "layers"),
    [
        *((IDENTITY, n) for n in range(1, LONGEST + 1)),
        *((name, 2) for name in OTHERS),
        *(("relu", 4), ("leaky_relu", 5), ("tanh", 5), ("sigmoid", 4)),
    ],
)
def test_the_values_are_those_of_the_steps(activation: str, layers: int) -> None:
    straight = ACTIVATIONS[activation].is_straight
    for exercise in sheet(5, 1, "table", layers, activation).exercises:
        values = values_of(exercise)
        assert len(values) == 4 * layers + 1
        assert values == pytest.approx(by_hand(exercise), rel=1e-9)
        if straight:
            assert all(significant(value) <= 3 for value in values), values
            assert all(0 < abs(value) <= 50 for value in values), values
        experiment = exercise.experiment
        sample = experiment.samples[0]
        given = (*experiment.weights, sample.x, sample.target, experiment.learning_rate)
        assert all(significant(number) <= 2 for number in given)


@pytest.mark.parametrize("kind", KINDS)
def test_a_longer_sheet_begins_like_a_shorter_one(kind: str) -> None:
    assert sheet(7, 2, kind).exercises == sheet(7, 4, kind).exercises[:2]
    assert told(sheet(7, 2, kind)) != told(sheet(8, 2, kind))


def test_a_sheet_is_made_chain_by_chain() -> None:
    """Each of the many chains that will not do leaves the sheet as it was, and lets others work."""
    *way, last = sheet_made(11, 2, "table", 4, "sigmoid")
    lengths = [len(made.exercises) for made in (*way, last)]
    assert lengths[0] == 0
    assert all(after - before in (0, 1) for before, after in pairwise(lengths))
    assert lengths.count(0) > 100
    assert last == sheet(11, 2, "table", 4, "sigmoid")


def test_no_exercise_comes_twice() -> None:
    experiments = [one.experiment for one in sheet(3, 40, layers=1).exercises]
    assert len(set(experiments)) == 40


def test_seed_7_is_the_same_everywhere() -> None:
    assert told(sheet(7, 1)) == {
        "seed": 7,
        "kind": "table",
        "layers": 3,
        "activation": IDENTITY,
        "exercises": [
            {
                "weights": [3.0, 2.0, 2.5],
                "samples": [{"x": -0.1, "target": 2.5}],
                "learning_rate": 0.5,
                "values": [-0.3, -0.6, -1.5, 8, -4, 2.4, -10, 3, -20, 2, 1.3, 0.5, 2],
            }
        ],
    }


def test_examples_fade_from_the_last_step_backwards() -> None:
    gaps = [[row.printed is None for row in e.rows] for e in sheet(0, 7, "fade").exercises]
    assert [sum(row) for row in gaps] == [0, 3, 9, 13, 13, 13, 0]
    for row in gaps:
        assert row == sorted(row), "after the first gap there are gaps alone"
    for exercise in sheet(0, 7, "fade").exercises:
        assert all(row.printed in (None, row.value) for row in exercise.rows)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_filled_table_has_one_mistake(activation: str) -> None:
    rows_with_it = set()
    for exercise in sheet(2, 9, "find", 2, activation).exercises:
        assert exercise.found
        printed = [row.printed for row in exercise.rows]
        wrong = [
            k
            for k, row in enumerate(exercise.rows, 1)
            if not math.isclose(row.value, row.printed or 0.0, rel_tol=1e-9, abs_tol=1e-12)
        ]
        assert exercise.found.row == wrong[0]
        rows_with_it.add(wrong[0])
        assert exercise.found.slips
        for slip in exercise.found.slips:
            assert slip.value == pytest.approx(printed[wrong[0] - 1])
    assert len(rows_with_it) >= 5, "mistakes are made everywhere"


def test_a_mistake_can_be_found_from_the_table_alone() -> None:
    for seed in (2, 5):
        for exercise in sheet(seed, 4, "find", 3).exercises:
            assert exercise.found
            wrong = exercise.rows[exercise.found.row - 1]
            for slip in exercise.found.slips:
                # Other steps than those of the table have numbers that stand nowhere in it.
                assert slip.algorithm != "front_to_back"
                assert not (slip.algorithm and wrong.step.phase is Phase.UPDATE)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("layers", [1, 3])
def test_a_difference_tells_the_wrong_gradient(layers: int, activation: str) -> None:
    verdicts = []
    for exercise in sheet(4, 4, "check", layers, activation).exercises:
        assert exercise.check
        for one in exercise.check.weights:
            near = 1e-9 if exercise.check.exact else 0.05
            assert one.quotient == pytest.approx(one.gradient, rel=near)
            assert one.is_right == (abs(one.printed - one.quotient) <= 0.06 * abs(one.quotient))
            verdicts.append(one.is_right)
        assert sum(not one.is_right for one in exercise.check.weights) <= 1
    assert True in verdicts or layers == 1
    assert False in verdicts


@pytest.mark.parametrize("activation", [IDENTITY, "tanh"])
def test_the_lines_in_their_order_train_the_chain(activation: str) -> None:
    exercise = sheet(1, 1, "order", 3, activation).exercises[0]
    experiment, order = exercise.experiment, exercise.order
    assert order
    placed = sorted((place, "    " * depth + line) for line, depth, place in order.lines if place)
    assert [place for place, _ in placed] == list(range(1, len(placed) + 1))
    assert [place for _, _, place in order.lines] != sorted(p for _, _, p in order.lines)
    assert len(order.lines) == len(lines_of(experiment.structure)) + 2
    names = {
        "samples": [(one.x, one.target) for one in experiment.samples],
        "weights": list(experiment.weights),
        "alpha": experiment.learning_rate,
        "n": experiment.layers,
        "gradient": [0.0] * experiment.layers,
        "f": experiment.structure.f.function,
        "slope": experiment.structure.f.derivative,
    }
    exec("\n".join(line for _, line in placed), names)  # noqa: S102 - the program's own lines
    new = values_of(exercise)[-experiment.layers :]
    assert list(reversed(names["weights"])) == pytest.approx(new)  # type: ignore[call-overload]


def test_gaps_keep_no_number() -> None:
    assert all(row.printed is None for row in empty(sheet(0, 1, "fade").exercises[0].rows))


@pytest.mark.parametrize(
    ("arguments", "told_so"),
    [
        ((0, 0), "--count must be a whole number from 1 to 60, not 0."),
        ((0, 61), "--count must be a whole number from 1 to 60, not 61."),
        ((-1, 1), "--seed must be a whole number from 0 to 1000000000, not -1."),
        ((0, 1, "tables"), "--kind must be one of table, fade, find, check, order, not 'tables'."),
        ((0, 1, "table", 6), "--layers must be a whole number from 1 to 5, not 6."),
        ((0, 1, "table", 3, "sinus"), "--activation must be one of"),
    ],
)
def test_what_no_sheet_can_be_made_of(arguments: Sequence[object], told_so: str) -> None:
    with pytest.raises(UserError) as fault:
        sheet(*arguments)  # type: ignore[arg-type]
    assert str(fault.value).startswith(told_so)
