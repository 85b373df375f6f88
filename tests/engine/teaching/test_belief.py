"""Which mistake explains answers: who holds one is found out, the careless are never blamed."""

from random import Random

import pytest

from engine import Experiment, Sample, moment_at, train
from engine.teaching.belief import Answer, Explanation, answered, explanation
from engine.teaching.slips import slips_at

HAND = Experiment(weights=(-2, -1.5, -0.5), samples=(Sample(2, 1),), learning_rate=0.1, epochs=20)
RUN = train(HAND)
SAMPLE = range(1, 14)


def learner(name: str, error: float, seed: int, samples: int = 2) -> list[Answer]:
    """Return the answers of who makes one mistake wherever it can be made, and errs at random."""
    draw = Random(seed)  # noqa: S311 - no secret
    told = []
    for sample in range(samples):
        for step in SAMPLE:
            index = 13 * sample + step
            computation = moment_at(RUN, index).computation
            assert computation is not None
            values = [s.value for s in slips_at(RUN, index) if s.name == name]
            value = values[0] if values else computation.result.value
            typed = draw.uniform(-9, 9) if draw.random() < error else value
            told.append(answered(RUN, index, typed))
    return told


NAMES = sorted({slip.name for index in SAMPLE for slip in slips_at(RUN, index)})


def once(name: str) -> bool:
    """Tell whether a mistake can be told at a single step only."""
    return sum(any(s.name == name for s in slips_at(RUN, index)) for index in SAMPLE) < 2


@pytest.mark.parametrize("name", [name for name in NAMES if not once(name)])
def test_who_holds_a_mistake_is_found_out_within_two_samples(name: str) -> None:
    found = explanation(learner(name, 0.0, 1))
    assert found is not None
    given = {s.value for index in SAMPLE for s in slips_at(RUN, index) if s.name == name}
    same = {s.value for index in SAMPLE for s in slips_at(RUN, index) if s.name == found.slip.name}
    assert found.slip.name == name or given <= same
    assert found.fitting >= 2


def test_most_who_err_now_and_then_are_found_out_too() -> None:
    telling = [name for name in NAMES if not once(name)]
    found = [explanation(learner(name, 0.05, seed)) for seed, name in enumerate(telling)]
    named = [
        one is not None and one.slip.name == name for one, name in zip(found, telling, strict=True)
    ]
    assert sum(named) >= 0.85 * len(named)


@pytest.mark.parametrize("error", [0.0, 0.05, 0.15])
def test_careless_learners_are_not_blamed(error: float) -> None:
    blamed = [explanation(learner("", error, seed)) for seed in range(25)]
    assert blamed == [None] * 25


def test_one_wrong_answer_says_nothing() -> None:
    assert explanation([answered(RUN, 6, 12.0)]) is None
    assert explanation([]) is None


def test_it_says_how_many_of_the_last_three_fit() -> None:
    """Own output at two gradients, then the right number at the third."""
    told = [answered(RUN, 6, 12.0), answered(RUN, 8, 12.0), answered(RUN, 10, -6.0)]
    found = explanation([*told[:2]])
    assert isinstance(found, Explanation)
    assert (found.slip.name, found.fitting, found.of) == ("own_output", 2, 2)
    assert found.slip.algorithm == "own_output"
    late = explanation(told)
    assert late is None or (late.fitting, late.of) == (2, 3)
