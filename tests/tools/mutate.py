"""Find out what the tests of the engine do not see.

  python3 run.py mutate                        every fault in engine/: an hour or two
  python3 run.py mutate engine/pace.py         those in these files or folders
  python3 run.py mutate --count 200 --seed 7   so many of them, drawn at random
  python3 run.py mutate --jobs 1               in so many processes; as many as cores otherwise

Each fault (< becomes <=, + becomes -, a statement goes …) is put into a copy of the sources, alone,
and those tests in tests/engine that run its line are run until one fails. Faults that no test
notices are listed, as ⟦old → new⟧: a test is missing, or the program does the same with the fault.
A test that takes five times as long as usual has noticed it. Ctrl+C stops, and lists what is known.
As root, faults in engine/files/writing.py are not tried: they could replace files of the system.
"""

import argparse
import os
import random
import select
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from tests.tools.covering import covering
from tests.tools.faulty import SURVIVED, Worker, die_with_parent, in_fork
from tests.tools.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
WRITES = "engine/files/writing.py"
"""With a fault in it, a test that runs as root may replace any file: so once went /dev/full."""
COPIED = (
    *("engine", "gui", "tests", "assets", "benchmarks", "chainstep.py"),
    *("hatch_build.py", "pyproject.toml", "run.py"),
)


def chosen(root: Path, paths: list[str], count: int | None, seed: int) -> list[Mutant]:
    """Return the faults that are asked for, in the order of files and lines."""
    files: set[Path] = set()
    for path in [Path(name).resolve() for name in paths] or [root / "engine"]:
        found = {path} if path.is_file() else set(path.rglob("*.py"))
        if not found or not path.is_relative_to(root / "engine"):
            sys.exit(f"{path} is no Python file, and no folder of such files, in engine/.")
        files |= found
    found = [
        mutant
        for file in sorted(files)
        for mutant in mutants(file.relative_to(root).as_posix(), file.read_bytes())
    ]
    if count is None or count >= len(found):
        return found
    drawn = random.Random(seed).sample(range(len(found)), count)  # noqa: S311
    return [found[i] for i in sorted(drawn)]


def copy(root: Path, into: Path) -> None:
    """Copy what the tests need."""
    unwanted = shutil.ignore_patterns("__pycache__", ".*")
    for name in COPIED:
        if (root / name).is_dir():
            shutil.copytree(root / name, into / name, ignore=unwanted)
        elif (root / name).is_file():
            shutil.copy2(root / name, into / name)


def outcomes(root: Path, faults: list[Mutant], jobs: int) -> Iterator[tuple[int, int]]:
    """Yield the number of each fault with what became of it, as soon as it is known."""
    with tempfile.TemporaryDirectory(prefix="chainstep-mutate-") as folder:
        base = Path(folder)
        copy(root, base / "as-is")
        os.chdir(base / "as-is")
        tests = covering(root, in_fork)
        open_ends = []
        for job in range(jobs):
            tree = base / str(job)
            copy(root, tree)
            # Neighbours cost the same tests: deal them out.
            mine = list(enumerate(faults))[job::jobs]
            end, held = os.pipe()
            if not os.fork():
                os.close(end)
                die_with_parent()
                try:
                    Worker(tree, tests, mine, held).work()
                finally:
                    os._exit(0)
            os.close(held)
            open_ends.append(os.fdopen(end))
        while open_ends:
            for stream in select.select(open_ends, [], [])[0]:
                line = stream.readline()
                if line:
                    number, status = map(int, line.split())
                    yield number, status
                else:
                    open_ends.remove(stream)
                    os.wait()


def main(words: list[str], root: Path = ROOT) -> int:
    """Do what the command line asks for; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python3 run.py mutate",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("paths", nargs="*", metavar="PATH", help="a file or a folder in engine/")
    parser.add_argument("--count", type=int, help="draw so many faults at random")
    parser.add_argument("--seed", type=int, default=0, help="which are drawn (0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes")
    options = parser.parse_args(words)
    if not hasattr(os, "fork"):
        sys.exit("This needs Linux or macOS: it goes on from copies of a running process.")
    began = time.monotonic()
    faults = chosen(root, options.paths, options.count, options.seed)
    if os.geteuid() == 0 and any(fault.file == WRITES for fault in faults):
        print(f"{WRITES} is left out: as root, its faults could harm the system.", file=sys.stderr)
        faults = [fault for fault in faults if fault.file != WRITES]
    known: dict[int, int] = {}
    with suppress(KeyboardInterrupt):
        for number, status in outcomes(root, faults, max(options.jobs, 1)):
            known[number] = status
            if sys.stderr.isatty() or len(known) % 100 == 0:
                left = list(known.values()).count(SURVIVED)
                told = f"\r{len(known)} of {len(faults)}, {left} survived "
                print(told, end="", file=sys.stderr, flush=True)
    print("", *report(root, faults, known, options.seed), sep="\n")
    print(f"in {(time.monotonic() - began) / 60:.1f} minutes", file=sys.stderr)
    return 0


def report(root: Path, faults: list[Mutant], known: dict[int, int], seed: int) -> Iterator[str]:
    """Yield the faults that no test noticed, then how many of each file were; of those tried."""
    sources = {fault.file: (root / fault.file).read_bytes() for fault in faults}
    survived = [faults[i] for i in sorted(known) if known[i] == SURVIVED]
    yield from (fault.shown(sources[fault.file]) for fault in survived)
    yield ""
    every, lived = Counter(faults[i].file for i in known), Counter(f.file for f in survived)
    lines = [(every[file], lived[file], file) for file in sources if every[file]]
    for count, left, name in [*lines, (len(known), len(survived), f"all; seed {seed}")]:
        share = f"{1 - left / count:.1%}" if count else "–"
        yield f"{count - left:5} of {count:5} killed  {share:>6}  {name}"
    if len(known) < len(faults):
        yield f"Stopped: {len(faults) - len(known)} were not tried."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
