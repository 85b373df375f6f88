"""Chainstep under stress: what no everyday test has the time for.

  python3 run.py stress                  all kinds, for ten minutes together
  python3 run.py stress --minutes 60     for an hour
  python3 run.py stress --only window    random keys, clicks, drags, menus on an X display
                                         (files, commands, saving, soak: see below)
  python3 run.py stress --seed S         begin with the round S instead of 0
  python3 run.py stress --rounds N       so many rounds of each kind, however long they take

  window    a window answers each of 4,000 random events within 250 ms (a modal dialog of files
            apart), without a fault, a warning of Qt, or a crash
  files     each of 4,000 broken experiments, tables, sessions is read, or refused in one clear
            sentence, within a second
  commands  so is each of 100 command lines, in a process of its own
  saving    whatever fails or ends while a file is saved, the old or the new one stands there whole
  soak      a window plays at top speed; memory, threads and open files stay what they were

A round depends on its seed alone. A failure says how to repeat it.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence

from tests.stress import commands, files, saving, soak, window

Round = Callable[[int, float], str]
"""Runs the round of a seed, for about so many seconds if it has no end of its own.

Returns what was done; raises AssertionError with what went wrong.
"""

KINDS: dict[str, Round] = {
    "window": window.run,
    "files": files.run,
    "commands": commands.run,
    "saving": saving.run,
    "soak": soak.run,
}


def _rounds(kind: str, first: int, rounds: int | None, seconds: float) -> int:
    """Run rounds of one kind; return how many failed."""
    failed, number, until = 0, 0, time.monotonic() + seconds
    while number < rounds if rounds is not None else not number or time.monotonic() < until:
        seed, start = first + number, time.monotonic()
        try:
            told = KINDS[kind](seed, seconds)
        except AssertionError as found:
            failed += 1
            print(f"{kind:8} {seed:5}  FAILED\n{found}")
            print(f"to repeat it: python3 run.py stress --only {kind} --seed {seed} --rounds 1")
        else:
            print(f"{kind:8} {seed:5}  {told} ({time.monotonic() - start:.0f} s)")
        sys.stdout.flush()
        number += 1
    return failed


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="run.py stress",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        usage="python3 run.py stress [--minutes N] [--seed S] [--only KIND] [--rounds N]",
    )
    parser.add_argument("--minutes", type=float, default=10.0, help=argparse.SUPPRESS)
    parser.add_argument("--seed", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--only", choices=KINDS, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args(words)
    kinds = [asked.only] if asked.only else list(KINDS)
    seconds = 60 * asked.minutes / len(kinds)
    failed = sum(_rounds(kind, asked.seed, asked.rounds, seconds) for kind in kinds)
    print(f"{failed} failed" if failed else "nothing failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
