"""engine.parameters: what a layer learns, by name and in one row."""

import pytest

from engine.expressions import Activated
from engine.parameters import (
    PARAMETERS,
    WEIGHT,
    Parameter,
    name_of,
    named_parameter,
    names_of,
    parameter_of,
    split,
    values_by_name,
    weighted_input,
)
from engine.quantities import Name, Quantity
from engine.steps import Structure, steps_of


def test_every_layer_has_a_weight_and_it_comes_first() -> None:
    assert PARAMETERS[0] is WEIGHT
    assert WEIGHT.of(3) == Name(Quantity.WEIGHT, 3)
    assert WEIGHT.gradient_of(3) == Name(Quantity.GRADIENT, 3)
    assert WEIGHT.factors(3) == (Name(Quantity.OUTPUT, 2),)


def test_no_two_have_a_name_in_common() -> None:
    for told in ("quantity", "gradient", "field", "gradients", "letter", "gradient_letter"):
        names = [getattr(one, told) for one in PARAMETERS]
        assert len(set(names)) == len(names), told
    letters = [letter for one in PARAMETERS for letter in (one.letter, one.gradient_letter)]
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize("parameter", PARAMETERS, ids=lambda one: one.letter)
@pytest.mark.parametrize("layer", [1, 9, 10, 64, 12345])
def test_a_short_name_leads_back(parameter: Parameter, layer: int) -> None:
    assert named_parameter(name_of(parameter, layer)) == parameter.of(layer)
    assert parameter_of(parameter.quantity) is parameter_of(parameter.gradient) is parameter


def test_what_is_no_parameter_is_told() -> None:
    with pytest.raises(KeyError):
        named_parameter("x1")
    with pytest.raises(KeyError):
        parameter_of(Quantity.OUTPUT)


def test_all_parameters_in_a_row() -> None:
    assert names_of((WEIGHT,), 3) == ("w1", "w2", "w3")
    # Two of a kind stand for any two.
    assert split((WEIGHT, WEIGHT), (1.0, 2.0, 3.0, 4.0)) == [(1.0, 2.0), (3.0, 4.0)]
    found = values_by_name((WEIGHT,), (0.5, 0.25))
    assert list(found.items()) == [(WEIGHT.of(1), 0.5), (WEIGHT.of(2), 0.25)]


def test_the_forward_pass_applies_f_to_all_of_them() -> None:
    first = steps_of(Structure(2, "tanh", "backprop", PARAMETERS))[1]
    assert first.expression == Activated((weighted_input(PARAMETERS, 2),))
