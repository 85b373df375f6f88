import math

import pytest

from engine import Experiment, Sample, moment_at, train
from engine.chain_rule.derivation import derivation
from engine.experiment import changed
from engine.programs import FORMS, program
from engine.user_error import Location

ZEROS = (0.0, -0.0)


def with_zero(place: str, zero: float) -> Experiment:
    weights, x, target = (0.5, 2.0), 1.0, -1.0
    if place == "weight":
        weights = (zero, 2.0)
    elif place == "x":
        x = zero
    else:
        target = zero
    return Experiment(weights, (Sample(x, target),), epochs=2)


@pytest.mark.parametrize("place", ["weight", "x", "target"])
def test_experiments_that_differ_in_the_sign_of_a_zero_are_not_the_same(place: str) -> None:
    plus, minus = (with_zero(place, zero) for zero in ZEROS)
    assert plus != minus
    assert len({plus, minus}) == 2
    assert plus == with_zero(place, 0.0)
    assert hash(minus) == hash(with_zero(place, -0.0))


def test_samples_likewise_and_nothing_else_equals_them() -> None:
    assert Sample(0.0, 1) != Sample(-0.0, 1)
    assert Sample(1, 1) == Sample(1.0, 1.0)
    assert Sample(1, 1) != (1.0, 1.0)
    assert Experiment() != Sample(1, 1)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("place", ["weight", "x", "target"])
def test_a_program_is_never_that_of_the_other_zero(place: str, form: str) -> None:
    texts = [program(with_zero(place, zero), form).text for zero in (*ZEROS, *ZEROS)]
    assert texts[0] == texts[2]
    assert texts[1] == texts[3]
    assert "-0.0" in texts[1]
    assert "-0.0" not in texts[0]


def test_an_edit_from_zero_to_minus_zero_is_an_edit() -> None:
    plus = with_zero("weight", 0.0)
    minus = changed(plus, Location("weights", 0), -0.0)
    assert minus != plus
    signs = [math.copysign(1, train(e).weights_before(0)[0]) for e in (plus, minus)]
    assert signs == [1, -1]


@pytest.mark.parametrize("zero", ZEROS)
def test_what_is_computed_keeps_the_sign(zero: float) -> None:
    run = train(with_zero("x", zero))
    output = moment_at(run, 1).outputs[1]
    assert output is not None
    row = derivation(run.weights_before(0), zero, -1.0, "identity").rows[-1]
    assert {math.copysign(1, value) for value in (output, row.factors[-1].value)} == {
        math.copysign(1, zero)
    }
