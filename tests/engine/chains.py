"""What Hypothesis draws: chains, samples and experiments."""

from hypothesis import strategies as st

from engine import Experiment, Sample

FIRST = ("identity", "tanh", "sigmoid", "relu")
"""Those of version 0.1.0, whose numbers are kept."""

ACTIVATIONS = (*FIRST, "leaky_relu", "softplus")
ALGORITHMS = (
    "backprop",
    "in_place",
    "front_to_back",
    "sign_flipped",
    "no_local_derivative",
    "own_output",
)

COMPILED = tuple(
    (activation, algorithm)
    for i, activation in enumerate(ACTIVATIONS)
    for k, algorithm in enumerate(ALGORITHMS)
    if algorithm == "backprop" or (i + k) % 3 == 0
)
"""Pairs for tests that compile, which takes a second each: every activation with backprop, and
every algorithm with two activations. As text, all pairs are tested in `test_source.py`."""

any_float = st.floats(allow_nan=True, allow_infinity=True)
finite_float = st.floats(allow_nan=False, allow_infinity=False)
names = st.sampled_from(ACTIVATIONS)


def numbers(largest: float) -> st.SearchStrategy[float]:
    return st.floats(-largest, largest)


pairs = st.tuples(numbers(3.0), numbers(3.0))


def chains(largest: float = 2.0, most: int = 6) -> st.SearchStrategy[list[float]]:
    return st.lists(numbers(largest), min_size=1, max_size=most)


def experiments(
    value: st.SearchStrategy[float] = finite_float,
    most_epochs: int = 4,
    layers: int | None = None,
) -> st.SearchStrategy[Experiment]:
    return st.builds(
        Experiment,
        weights=st.lists(value, min_size=layers or 1, max_size=layers or 5),
        samples=st.lists(st.builds(Sample, value, value), min_size=1, max_size=3),
        learning_rate=st.floats(1e-3, 0.5),
        epochs=st.integers(0, most_epochs),
        activation=names,
        algorithm=st.sampled_from(ALGORITHMS),
    )
