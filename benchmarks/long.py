"""Long runs: what keeping checkpoints costs, and how soon a moment is there."""

import json
import random
import sys
import tracemalloc
from collections.abc import Iterator

from benchmarks.machine import built
from benchmarks.programs import C, compile_for, experiment_of
from benchmarks.table import Row, at_most, missing, speed, within
from benchmarks.timing import in_own_process, in_turns, seconds_of
from engine import moment_at, train
from engine.moment import length

_MEGABYTE = 1e6


def checkpointed() -> Iterator[Row]:
    """Train for long, with checkpoints, against C that keeps nothing."""
    for layers, updates in ((3, 40_000_000), (32, 10_000_000)):
        experiment = experiment_of(layers, updates)
        what = f"n = {layers}, {updates:,} updates"
        compile_for(experiment)
        with built("chain") as library:
            if library is None:
                yield missing(what, "against C: there is no gcc")
                continue
            program = C(library, experiment, keeps=False)
            ours, theirs = in_turns(lambda run=experiment: train(run), program, tries=5)  # type: ignore[misc]
        against = f"the time of C, which keeps none ({theirs:.3g} s)"
        yield Row(
            what, f"{ours:.3g} s, {speed(updates, ours)}", *at_most(ours / theirs, 1.25, against)
        )


def endless(updates: int) -> Iterator[Row]:
    """Train still longer: memory, and the time to any of its moments."""
    seconds, memory, sought = in_own_process("-m", __name__, str(updates))
    megabytes = memory / _MEGABYTE
    told = f"{megabytes:.3g} MB, trained in {seconds:.3g} s"
    full = updates * 8 * 5 / _MEGABYTE
    against = f"{full / megabytes:.3g} × less than full history"
    yield Row("memory", told, against, "≤ 100 MB", megabytes <= 100)  # noqa: PLR2004
    yield Row("a moment asked for, at random", *within(sought, 0.002))


def main(updates: int) -> None:
    """Print how long it trained, the bytes that it keeps, and the seconds to random moments."""
    experiment = experiment_of(3, updates)
    compile_for(experiment_of(3, 4_000_000))
    tracemalloc.start()
    run = train(experiment)
    memory = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del run
    kept = []
    seconds = seconds_of(lambda: kept.append(train(experiment)))
    places = [random.randrange(length(kept[0])) for _ in range(2000)]  # noqa: S311
    sought = [seconds_of(lambda place=place: moment_at(kept[0], place)) for place in places]  # type: ignore[misc]
    print(json.dumps((seconds, memory, sought)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
