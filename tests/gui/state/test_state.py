"""gui.state: where one stands in a run, and where that is in another run."""

from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import Experiment, Phase, Run, Sample, Step, UserError, moment_at, train
from engine.moment import length
from engine.steps import Structure, steps_of
from engine.user_error import Location
from gui.state import Look, State
from gui.state.limits import MOST_ROWS, fits
from gui.state.places import after, before, carried_over
from tests.engine import chains

places = st.integers(-1000, 1000)
stretches = st.integers(1, 50)
experiments = chains.experiments(chains.numbers(1.5), most_epochs=3)
shares = st.floats(0, 1)


# --- after and before ----------------------------------------------------------------------


@given(places, stretches)
def test_after_is_the_first_end_beyond(index: int, stretch: int) -> None:
    assert after(index, stretch) == next(
        i for i in range(index + 1, index + stretch + 1) if i % stretch == 0
    )


@given(places, stretches)
def test_before_is_the_last_end_short_of_it(index: int, stretch: int) -> None:
    assert before(index, stretch) == next(
        i for i in range(index - 1, index - stretch - 1, -1) if i % stretch == 0
    )


# --- carried over --------------------------------------------------------------------------


def passes_on(algorithm: str, layers: int, layer: int) -> bool:
    """Whether the layer has a neighbour further on the derivative's way."""
    return layer < layers if algorithm == "front_to_back" else layer > 1


@given(experiments, experiments, shares)
def test_the_place_is_kept_as_far_as_it_exists(
    old: Experiment, new: Experiment, share: float
) -> None:
    assume(old.updates)
    one, other = train(old), train(new)
    moment = moment_at(one, round(share * length(one)))
    index = carried_over(moment, other)
    assert 0 <= index <= length(other)
    found = moment_at(other, index)
    if moment.step is None or not new.epochs:
        assert index == 0
        return
    assert found.epoch == min(moment.epoch, new.epochs)
    assert found.sample == min(moment.sample, len(new.samples))
    assert found.step is not None
    if moment.position == 4 * old.layers + 1:
        assert found.position == 4 * new.layers + 1, "the end of a sample stays one"
    elif moment.phase is Phase.PASS_ON and not passes_on(
        new.algorithm, new.layers, min(moment.step.layer, new.layers)
    ):
        expected = (Phase.GRADIENT, min(moment.step.layer, new.layers))
        assert what(found.step) == expected
    else:
        assert found.phase is moment.phase
        assert moment.step.phase in (Phase.LOSS, Phase.SEED) or (
            found.step.layer == min(moment.step.layer, new.layers)
        )


@given(experiments, st.lists(chains.numbers(1.5), min_size=5, max_size=5), shares)
def test_an_experiment_of_the_same_shape_keeps_the_index(
    old: Experiment, weights: list[float], share: float
) -> None:
    one = train(old)
    other = train(replace(old, weights=weights[: old.layers], learning_rate=0.25))
    index = round(share * length(one))
    assert carried_over(moment_at(one, index), other) == index


@cache
def short_run(algorithm: str, layers: int) -> Run:
    return train(Experiment((0.5,) * layers, epochs=2, algorithm=algorithm))


def order(algorithm: str, layers: int) -> list[tuple[Phase, int]]:
    """Return what the steps of one sample do, and to which layer."""
    return [what(step) for step in steps_of(Structure(layers, "identity", algorithm))]


def what(step: Step | None) -> tuple[Phase, int]:
    assert step is not None
    return step.phase, step.layer


@pytest.mark.parametrize("new", chains.ALGORITHMS)
@pytest.mark.parametrize("old", chains.ALGORITHMS)
def test_every_step_has_its_place_in_every_algorithm_and_length(old: str, new: str) -> None:
    for layers, others in product(range(1, 6), repeat=2):
        run, per_sample = short_run(new, others), 4 * others + 1
        second_epoch = 2 * (4 * layers + 1)
        for position, (phase, of) in enumerate(order(old, layers), start=1):
            moment = moment_at(short_run(old, layers), second_epoch + position)
            found = moment_at(run, carried_over(moment, run))
            assert (found.epoch, found.sample) == (2, 1)
            layer = min(of, others)
            if position == 4 * layers + 1:
                expected = order(new, others)[per_sample - 1]
            elif phase in (Phase.LOSS, Phase.SEED):
                expected = (phase, others)
            elif phase is Phase.PASS_ON and not passes_on(new, others, layer):
                expected = (Phase.GRADIENT, layer)
            else:
                expected = (phase, layer)
            assert what(found.step) == expected


@pytest.mark.parametrize("new", chains.ALGORITHMS)
@pytest.mark.parametrize("old", chains.ALGORITHMS)
def test_there_and_back_is_the_same_place(old: str, new: str) -> None:
    for layers in range(1, 6):
        one, other = short_run(old, layers), short_run(new, layers)
        for index in range(length(one) + 1):
            step = moment_at(one, index).step
            back = carried_over(moment_at(other, carried_over(moment_at(one, index), other)), one)
            if step is None or what(step) in order(new, layers):
                assert back == index
            else:
                assert what(moment_at(one, back).step) == (Phase.GRADIENT, step.layer)


@pytest.mark.parametrize(
    ("index", "new", "expected"),
    [
        (8, Experiment(algorithm="in_place"), 9),  # backprop's eighth step is gradient 2 …
        (8, Experiment(algorithm="front_to_back"), 8),  # … in the middle of either way
        (6, Experiment(algorithm="front_to_back"), 10),
        (7, Experiment(algorithm="front_to_back"), 10),  # there the last has no one to pass to
        (9, Experiment(algorithm="front_to_back"), 9),
        (10, Experiment(algorithm="front_to_back"), 6),
        (10, Experiment(algorithm="own_output"), 10),
        (8, Experiment(weights=(1, 1)), 5),  # … of one layer less
        (8, Experiment(weights=(1,)), 4),
        (8, Experiment(epochs=0), 0),
        (13 * 479 + 4, Experiment(epochs=10), 13 * 19 + 4),
        (13 * 479 + 4, Experiment(samples=(Sample(1, 1),)), 13 * 239 + 4),
        (13 * 480, Experiment(weights=(1,) * 5), 21 * 480),
        (0, Experiment(weights=(1,)), 0),
    ],
)
def test_carried_over_by_example(index: int, new: Experiment, expected: int) -> None:
    # 1 … 3 forward, 4 loss, 5 seed, 6 gradient 3, 7 pass on 3, 8 gradient 2, …
    moment = moment_at(train(Experiment()), index)
    assert carried_over(moment, train(new)) == expected


# --- the rest ------------------------------------------------------------------------------


@given(experiments)
def test_the_lengths_of_a_state(experiment: Experiment) -> None:
    run = train(experiment)
    state = State(run, 0, experiment)
    n, samples = experiment.layers, len(experiment.samples)
    assert (state.per_sample, state.per_epoch) == (4 * n + 1, samples * (4 * n + 1))
    assert state.last == experiment.epochs * state.per_epoch == length(run)
    assert state.steps == steps_of(experiment.structure)
    assert state.moment == moment_at(run, 0)


def test_a_window_fits_64_rows_and_a_run_of_a_million_millions() -> None:
    largest = Experiment(weights=(0.1,) * 64, samples=(Sample(1, 1),) * 64, epochs=10**12 // 64)
    assert MOST_ROWS == 64
    assert fits(largest) is largest


@pytest.mark.parametrize(
    ("experiment", "location", "says"),
    [
        (Experiment(weights=(0.1,) * 65), Location("layers"), "at most 64, not 65"),
        (Experiment(samples=(Sample(1, 1),) * 65), Location("samples"), "at most 64, not 65"),
        (Experiment(epochs=10**17), Location("epochs"), "358 GB of memory"),
    ],
)
def test_what_does_not_fit_is_refused(
    experiment: Experiment, location: Location, says: str
) -> None:
    with pytest.raises(UserError) as fault:
        fits(experiment)
    assert fault.value.location == location
    assert says in str(fault.value)


@pytest.mark.parametrize(
    ("look", "palette"),
    [
        (Look(theme="system", dark_system=True), "dark"),
        (Look(theme="system", dark_system=False), "light"),
        (Look(theme="light", dark_system=True), "light"),
        (Look(theme="projector", dark_system=True), "projector"),
    ],
)
def test_the_theme_that_is_shown(look: Look, palette: str) -> None:
    assert look.palette == palette
