"""The numbers of 0.1.0, to the last bit, whatever the engine is made of by now."""

from pathlib import Path

import pytest

from tests.engine.chains import FIRST
from tests.engine.digests import ASPECTS, functions, lines

KEPT = Path(__file__).with_name("digests-0.1.0.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("activation", FIRST)
@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_numbers_are_those_of_the_first_version(aspect: str, activation: str) -> None:
    if activation in ("tanh", "sigmoid") and f"functions {functions()}" not in KEPT:
        pytest.skip("this system's tanh or exp differs in the last bit")
    expected = [line for line in KEPT if line.startswith(f"{aspect} {activation} ")]
    assert expected
    assert list(lines(aspect, activation)) == expected
