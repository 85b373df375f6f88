"""Which tests run which lines of the engine, and how long each takes: from one run, kept."""

import ast
import gzip
import hashlib
import importlib
import json
import pkgutil
import sys
from collections import defaultdict
from collections.abc import Callable, Generator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.tools.mutants import Mutant

TESTS = "tests/engine"
KEPT = ".mutation"
PYTEST = ["-q", "--tb=no", "--assert=plain", "--timeout=0", "-pno:cacheprovider", "-pno:xdist"]


class Covering(NamedTuple):
    """The tests by name with their seconds, and for each file and line what runs it.

    That is the names of tests, of files of tests for what runs while these are imported, and `None`
    for what runs while the engine itself is.
    """

    seconds: dict[str, float]
    lines: dict[str, dict[int, set[str | None]]]
    importers: dict[str, set[str]]

    def of(self, fault: Mutant) -> tuple[set[str], set[str | None]]:
        """Return the tests that run the fault, and what runs it while something is imported."""
        known, (first, last) = self.lines.get(fault.file, {}), fault.lines
        found = {name for line in range(first, last + 1) for name in known.get(line, ())}
        tests = {name for name in found if name in self.seconds}
        return tests, {None} if fault.early else found - tests

    def around(self, file: str) -> set[str]:
        """Return the tests that run anything in a file, or in one that imports from it."""
        near = {file, *self.importers.get(file, ())}
        found = {n for name in near for names in self.lines.get(name, {}).values() for n in names}
        return found & self.seconds.keys() | self.inside({*near}) or set(self.seconds)

    def inside(self, files: set[str | None]) -> set[str]:
        """Return the tests in some files of tests."""
        return {name for name in self.seconds if name.partition("::")[0] in files}


class Quick:
    """A plug-in: hypothesis stops at the first example that fails, which it does not simplify."""

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self) -> None:
        from hypothesis import Phase, settings  # noqa: PLC0415 - the profile is loaded by then

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutate", settings(), phases=phases, report_multiple_bugs=False)
        settings.load_profile("mutate")


def covering(root: Path, in_fork: Callable[[Callable[[], int]], int]) -> Covering:
    """Return what was measured of these very sources and tests; measure what is new."""
    folder, kept = root / KEPT, _kept_as(root)
    new = [test for test, name in kept.items() if not (folder / name).is_file()]
    if new:
        print("Which test runs which line? This is kept for the next time.", file=sys.stderr)
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            if old.name not in kept.values():
                old.unlink()
        if in_fork(lambda: _measure(new, {test: folder / kept[test] for test in new})):
            sys.exit(f"The tests fail as they are: pytest {TESTS} tells more.")
    seconds: dict[str, float] = {}
    lines = defaultdict[str, dict[int, set[str | None]]](lambda: defaultdict(set))
    for test, name in kept.items():
        raw = json.loads(gzip.decompress((folder / name).read_bytes()))
        names = [*raw["seconds"], test, None]
        seconds |= raw["seconds"]
        for file, places in raw["lines"].items():
            for line, numbers in places.items():
                lines[file][int(line)] |= {names[number] for number in numbers}
    return Covering(seconds, {file: dict(places) for file, places in lines.items()}, _imports(root))


def _imports(root: Path) -> dict[str, set[str]]:
    """Return for each file of the engine those, of tests too, that import something from it."""
    found = defaultdict[str, set[str]](set)
    for path in [*(root / "engine").rglob("*.py"), *(root / TESTS).rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and node.module:
                module = node.module.replace(".", "/")
                for file in (f"{module}.py", f"{module}/__init__.py"):
                    found[file].add(path.relative_to(root).as_posix())
    return dict(found)


def _kept_as(root: Path) -> dict[str, str]:
    """Return each file of tests, and the name of the file that keeps what was measured of it."""
    tests = sorted((root / TESTS).rglob("test_*.py"))
    files = [path for top in ("engine", TESTS) for path in (root / top).rglob("*.py")]
    others = {*files, root / "pyproject.toml", root / "tests/conftest.py"}
    shared = hashlib.sha256(sys.version.encode() + Path(__file__).read_bytes())
    for path in sorted(others - set(tests)):
        shared.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    kept = {}
    for path in tests:
        own = shared.copy()
        own.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
        kept[path.relative_to(root).as_posix()] = f"{path.stem}-{own.hexdigest()[:16]}.json.gz"
    return kept


class _Contexts:
    """A plug-in: tells coverage which test runs, and takes its time."""

    def __init__(self, switch: Callable[[str], None]) -> None:
        self._switch, self.seconds = switch, defaultdict[str, float](float)

    def pytest_collection(self) -> None:
        for module in pkgutil.walk_packages(["engine"], "engine."):
            importlib.import_module(module.name)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, object, object]:
        return (yield from self._in_context(collector.nodeid.partition("::")[0]))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        return (yield from self._in_context(item.nodeid))

    def _in_context(self, name: str) -> Generator[None, object, object]:
        self._switch(name)
        try:
            return (yield)
        finally:
            self._switch("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration


def _measure(tests: list[str], kept: dict[str, Path]) -> int:
    from coverage import Coverage  # noqa: PLC0415 - needed here alone

    coverage = Coverage(data_file=None, source=["engine"], config_file=False, messages=False)
    contexts = _Contexts(coverage.switch_context)
    coverage.start()
    status = pytest.main([*PYTEST, "-x", *tests], plugins=[contexts, Quick()])
    coverage.stop()
    if status:
        return int(status)
    data = coverage.get_data()
    places = {
        Path(file).relative_to(Path.cwd().resolve()).as_posix(): data.contexts_by_lineno(file)
        for file in data.measured_files()
    }
    for test, path in kept.items():
        own = {n: s for n, s in contexts.seconds.items() if n.partition("::")[0] == test}
        number = {name: i for i, name in enumerate([*own, test, ""])}
        lines = {
            file: {
                line: sorted(number[name] for name in names if name in number)
                for line, names in by_line.items()
            }
            for file, by_line in places.items()
        }
        text = json.dumps({"seconds": own, "lines": lines})
        part = path.with_suffix(".part")
        part.write_bytes(gzip.compress(text.encode(), 6))
        part.replace(path)
    return 0
