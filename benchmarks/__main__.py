"""python3 run.py bench [--only WORD …] [--long]: measure, and print one table."""

import argparse
from collections.abc import Callable, Iterator
from functools import partial

from benchmarks import answers, gaps, long, paints, trainability, training, uncompiled, window
from benchmarks.machine import described
from benchmarks.table import Row, head, line

Section = Callable[[], Iterator[Row]]


def sections(*, longer: bool) -> dict[str, Section]:
    """Return what can be measured, by its title; `longer` for what takes minutes."""
    pixels = f"{trainability.SIZE} × {trainability.SIZE} pixels"
    found: dict[str, Section] = {
        "training, n = 3, with full history": partial(training.trained, 3),
        "training, n = 32, with full history": partial(training.trained, 32),
        "uncompiled training, front_to_back, with full history": uncompiled.uncompiled,
        f"map, n = 3, {pixels}, 320 updates each": trainability.mapped,
        "checkpointed training": long.checkpointed,
        "long run, n = 3, 10⁸ updates": partial(long.endless, 100_000_000),
        "first paint": paints.first_painted,
        "window, from an intent to the painted frame": partial(window.painted, long=longer),
        "window, a key held, a training cancelled, at rest": partial(answers.answered, long=longer),
        "gaps in the event loop, n = 3, 10⁷ updates": partial(gaps.uninterrupted, 10_000_000),
    }
    if longer:
        billion = 1_000_000_000
        found["long run, n = 3, 10⁹ updates"] = partial(long.endless, billion)
        found["gaps in the event loop, n = 3, 10⁹ updates"] = partial(gaps.uninterrupted, billion)
    return found


def main() -> None:
    """Measure what the command line asks for, and print each row as soon as it is there."""
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description=__doc__)
    parser.add_argument("--only", nargs="+", metavar="WORD", help="titles with one of these words")
    parser.add_argument("--long", action="store_true", help="longer runs too; takes minutes")
    options = parser.parse_args()
    print(described(), head(), sep="\n\n", flush=True)
    for title, measure in sections(longer=options.long).items():
        if options.only and not any(word in title for word in options.only):
            continue
        print(title, flush=True)
        for row in measure():
            print(f"  {line(row)}", flush=True)


if __name__ == "__main__":
    main()
