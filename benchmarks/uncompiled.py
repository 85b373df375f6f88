"""The definition uncompiled, as Chainstep trains small jobs: in a process without Numba."""

import json
import sys
from collections.abc import Iterator

from benchmarks.programs import Framework, experiment_of
from benchmarks.table import Row, agreement, at_least, speed
from benchmarks.timing import in_own_process, in_turns
from engine import train


def uncompiled() -> Iterator[Row]:
    """Train small jobs, with full history, against the article's framework."""
    for layers in (3, 32):
        ours, theirs, updates, same = in_own_process("-m", __name__, str(layers))
        against = f"the framework's {speed(updates, theirs)}"
        yield Row(
            f"n = {layers}, {agreement(same, 'the framework')}",
            speed(updates, ours),
            *at_least(theirs / ours, 1.4, against),
        )


def main(layers: int) -> None:
    """Print the times of both, the updates and whether the weights are the same."""
    small = experiment_of(layers, 120_000 // layers, "front_to_back")
    framework = Framework(small)
    ours, theirs = in_turns(lambda: train(small), framework.train, tries=15)
    same = train(small).final_weights == framework.weights
    if "numba" in sys.modules:
        raise RuntimeError("this was to be uncompiled")
    print(json.dumps((ours, theirs, small.updates, same)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
