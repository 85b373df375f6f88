"""While an algorithm is to be found out, the picture of the chain does not tell it."""

from engine import Experiment, train
from engine.algorithms import ALGORITHMS, CORRECT
from engine.quantities import Name
from gui.chain.picture import chain_picture
from gui.state import State


def ways(algorithm: str, *, secret: bool) -> dict[Name, object]:
    """Return what is drawn of the ways at each step, by what the step computes."""
    run = train(Experiment(algorithm=algorithm, epochs=1))
    found: dict[Name, object] = {}
    for index in range(1, run.updates // 2 * 13 + 1):
        state = State(run, index, run.experiment, secret=secret)
        seen = chain_picture(state, 1100, 420)
        arrows = sorted((one.points, one.label, one.below, one.dotted) for one in seen.arrows)
        found[state.steps[index - 1].result] = (
            arrows,
            sorted(box.symbol for box in seen.boxes),
            [token.path for token in seen.tokens],
            [caption.text for caption in seen.captions],
        )
    return found


def test_an_algorithm_that_is_to_be_found_out_is_drawn_as_backpropagation() -> None:
    right = ways(CORRECT, secret=False)
    for name in ALGORITHMS:
        assert ways(name, secret=True) == right, name
        assert (ways(name, secret=False) == right) == (name == CORRECT), name
