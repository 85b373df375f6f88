"""engine.experiment: what an experiment is, and what is refused."""

import dataclasses
import math
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Experiment, Sample, UserError, random_weights
from engine.user_error import Location
from tests.engine import chains


def written(value: object) -> str:
    """Return how a person writes a value: 1, not 1.0."""
    return repr(value).removesuffix(".0") if isinstance(value, float) else repr(value)


def test_the_defaults_are_the_opening_experiment() -> None:
    experiment = Experiment()
    assert experiment.weights == (0.2333, -0.233, -0.52133)
    assert experiment.samples == (Sample(1.0, -1.0), Sample(-1.0, 1.0))
    assert experiment.learning_rate == 0.05
    assert experiment.epochs == 240
    assert experiment.activation == "identity"
    assert experiment.algorithm == "backprop"
    assert (experiment.layers, experiment.updates) == (3, 480)


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Experiment)])
def test_it_is_frozen(field: str) -> None:
    experiment = Experiment()
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(experiment, field, getattr(experiment, field))
    with pytest.raises(dataclasses.FrozenInstanceError):
        experiment.samples[0].x = 2.0  # type: ignore[misc]


def test_equal_experiments_are_equal_and_hash_alike() -> None:
    assert Experiment() == Experiment(weights=[0.2333, -0.233, -0.52133])  # type: ignore[arg-type]
    assert len({Experiment(), Experiment(epochs=240), Experiment(epochs=1)}) == 2


def test_numbers_come_out_in_one_form() -> None:
    experiment = Experiment(
        weights=[1, Fraction(1, 4)],  # type: ignore[arg-type]
        samples=[Sample(2, 3)],  # type: ignore[arg-type]
        learning_rate=1,
        epochs=7.0,  # type: ignore[arg-type]
    )
    assert experiment.weights == (1.0, 0.25)
    assert [type(w) for w in experiment.weights] == [float, float]
    assert type(experiment.samples) is tuple
    assert [type(v) for v in dataclasses.astuple(experiment.samples[0])] == [float, float]
    assert type(experiment.learning_rate) is float
    assert type(experiment.epochs) is int


@pytest.mark.parametrize("layers", [1, 2, 3, 64, 1000])
def test_any_number_of_layers(layers: int) -> None:
    assert Experiment(weights=(0.5,) * layers).layers == layers


@pytest.mark.parametrize("field", ["weights", "samples"])
def test_a_hundred_thousand_layers_or_samples_and_no_more(field: str) -> None:
    one = {"weights": 0.5, "samples": Sample(1.0, 1.0)}[field]
    assert len(getattr(Experiment(**{field: [one] * 100_000}), field)) == 100_000
    with pytest.raises(UserError, match=f"{field} may have at most 100000 entries, not 100001"):
        Experiment(**{field: [one] * 100_001})


def test_a_random_start_has_so_many_layers_as_well() -> None:
    assert len(random_weights(100_000, 0)) == 100_000
    with pytest.raises(UserError, match="layers must be at most 100000, not 100001"):
        random_weights(100_001, 0)


def test_many_epochs_are_counted_to_the_last() -> None:
    assert Experiment(epochs=2**53 + 1).epochs == 2**53 + 1


def test_epochs_may_be_none_at_all() -> None:
    assert Experiment(epochs=0).updates == 0


HUGE = 10**400

REFUSED: list[tuple[str, Callable[[], object], Location, tuple[str, ...]]] = [
    ("no weights", lambda: Experiment(weights=()), Location("weights"), ("empty", "at least one")),
    ("no samples", lambda: Experiment(samples=()), Location("samples"), ("empty", "at least one")),
    *(
        (
            f"weight {bad!r:.20}",
            lambda bad=bad: Experiment(weights=(0.1, bad)),  # type: ignore[misc]
            Location("weights", 1),
            ("weights[1]", said, "number"),
        )
        for bad, said in (
            (math.nan, "nan"),
            (math.inf, "inf"),
            (-math.inf, "-inf"),
            (HUGE, "1000"),
            (True, "True"),
            ("0.5", "'0.5'"),
            (None, "None"),
            (1j, "1j"),
            ([0.5], "[0.5]"),
        )
    ),
    *(
        (
            f"{field} {bad!r}",
            lambda field=field, bad=bad: Sample(**{"x": 1.0, "target": 1.0, field: bad}),  # type: ignore[misc]
            Location(field),
            (field, written(bad), "number"),
        )
        for field in ("x", "target")
        for bad in (math.nan, math.inf, False, "1", None)
    ),
    *(
        (
            f"learning rate {bad!r}",
            lambda bad=bad: Experiment(learning_rate=bad),  # type: ignore[misc]
            Location("learning_rate"),
            ("learning_rate", written(bad), allowed),
        )
        for bad, allowed in (
            (0, "greater than 0"),
            (-0.0, "greater than 0"),
            (-0.05, "greater than 0"),
            (math.nan, "finite number"),
            (math.inf, "finite number"),
            (True, "number"),
            ("0.05", "number"),
            (None, "number"),
        )
    ),
    *(
        (
            f"epochs {bad!r:.20}",
            lambda bad=bad: Experiment(epochs=bad),  # type: ignore[misc]
            Location("epochs"),
            ("epochs", written(bad)[:10], allowed),
        )
        for bad, allowed in (
            (-1, "whole number from 0 up"),
            (-1.0, "whole number from 0 up"),
            (1.5, "whole number from 0 up"),
            (math.nan, "finite number"),
            (math.inf, "finite number"),
            (HUGE, "number"),
            (True, "number"),
            (False, "number"),
            ("240", "number"),
            (None, "number"),
        )
    ),
    *(
        (
            f"{field} {bad!r}",
            lambda field=field, bad=bad: Experiment(**{field: bad}),  # type: ignore[misc]
            Location(field),
            (field, written(bad), *allowed),
        )
        for field, allowed in (
            ("activation", chains.ACTIVATIONS),
            ("algorithm", chains.ALGORITHMS),
        )
        for bad in ("Identity", "", "tan", None, 1, True, ["tanh"])
    ),
    *(
        (
            f"{field} {bad!r}",
            lambda field=field, bad=bad: Experiment(**{field: bad}),  # type: ignore[misc]
            Location(field),
            (field, written(bad), "list"),
        )
        for field in ("weights", "samples")
        for bad in ("0.1", 0.1, None, True)
    ),
    *(
        (
            f"sample {bad!r}",
            lambda bad=bad: Experiment(samples=(Sample(1.0, 1.0), bad)),  # type: ignore[misc]
            Location("samples", 1),
            ("samples[1]", written(bad), "Sample"),
        )
        for bad in ((1.0, -1.0), 1.0, None, "1,1")
    ),
]


@pytest.mark.parametrize(
    ("build", "location", "said"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED]
)
def test_refused(build: Callable[[], object], location: Location, said: tuple[str, ...]) -> None:
    with pytest.raises(UserError) as caught:
        build()
    problem = caught.value
    assert problem.location == location
    for part in said:
        assert part in str(problem)
    assert "\n" not in str(problem)
    assert len(str(problem)) < 200


@pytest.mark.parametrize("field", ["epochs", "learning_rate"])
def test_a_number_too_long_to_be_written_out_is_refused_like_any_other(field: str) -> None:
    # Python itself refuses to write integers of more than 4300 digits as text.
    with pytest.raises(UserError, match=field):
        Experiment(**{field: 10**5000})


def test_a_problem_is_a_value_error_and_can_be_told_in_another_language() -> None:
    with pytest.raises(ValueError, match="learning_rate") as caught:
        Experiment(learning_rate=-1.0)
    problem = caught.value
    assert isinstance(problem, UserError)
    filled = "{location}: {value}?".format(location=problem.location, **problem.values)
    assert filled == "learning_rate: -1?"
    assert problem.template.format(location=problem.location, **problem.values) == str(problem)


def test_locations_read_like_python() -> None:
    assert str(Location("weights", 2)) == "weights[2]"
    assert str(Location("samples", 0, "target")) == "samples[0].target"


def test_a_random_start_is_pinned_to_its_seed() -> None:
    # The Mersenne Twister's own first numbers for seed 0, less ½.
    expected = (0.8444218515250481 - 0.5, 0.7579544029403025 - 0.5, 0.420571580830845 - 0.5)
    assert random_weights(3, 0) == expected


@given(st.integers(1, 200), st.integers(0, 2**32))
def test_random_starts(layers: int, seed: int) -> None:
    weights = random_weights(layers, seed)
    assert len(weights) == layers
    assert all(-0.5 <= w < 0.5 for w in weights)
    assert weights == random_weights(layers, seed)
    assert weights[:1] == random_weights(1, seed)
    assert Experiment(weights=weights).weights == weights


def test_random_starts_fill_the_whole_range() -> None:
    weights = random_weights(10_000, 1)
    assert min(weights) < -0.499
    assert max(weights) > 0.499
    assert abs(sum(weights) / len(weights)) < 0.02
    assert random_weights(3, 1) != random_weights(3, 2)


@pytest.mark.parametrize("layers", [0, -1])
def test_a_random_start_has_at_least_one_layer(layers: int) -> None:
    with pytest.raises(UserError, match=f"layers must be a whole number from 1 up, not {layers}"):
        random_weights(layers, 0)
