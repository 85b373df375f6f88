"""Run the tests with one fault after another, each in a copy of a process that has all ready."""

import ctypes
import gc
import os
import resource
import select
import signal
import sys
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType

import pytest

from tests.tools.covering import PYTEST, Covering, Quick
from tests.tools.mutants import Mutant

SURVIVED, KILLED, ANEW = 0, 1, 77
"""No test failed; one did; the fault can't be put into functions that are there already."""
MEMORY = 4 << 30
"""In bytes: so much a process may ask for."""


def in_fork(work: Callable[[], int], limit: float | None = None) -> int:
    """Return what `work` returns in a process of its own; KILLED if it dies, or after `limit` s."""
    end, held = os.pipe()
    child = os.fork()
    if not child:
        status = KILLED
        try:
            os.setpgid(0, 0)
            die_with_parent()
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nowhere, stream)
            status = work()
        finally:
            os._exit(status)
    os.close(held)
    try:
        select.select([end], [], [], limit)
    finally:
        os.close(end)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code if code in (SURVIVED, ANEW) else KILLED


def die_with_parent() -> None:
    """Let nothing go on when the tool is stopped; on Linux, where a process may ask for that."""
    if sys.platform == "linux":
        set_signal_at_parents_death = 1
        ctypes.CDLL(None).prctl(set_signal_at_parents_death, signal.SIGKILL)


class Worker:
    """Takes faults, runs the tests with each in `tree`, and writes what became of it to `told`."""

    def __init__(
        self, tree: Path, tests: Covering, faults: list[tuple[int, Mutant]], told: int
    ) -> None:
        self._tree, self._tests, self._faults, self._told = tree, tests, faults, told
        self._killer, self._killers = tree / "killer", defaultdict[str, list[str]](list)
        self._edition = 1_000_000_000
        self._left: list[tuple[int, Mutant]] = []

    def work(self) -> None:
        """Try all faults; those that act while something is imported come last and take longer."""
        os.chdir(self._tree)
        os.environ["PYTHONPATH"] = str(self._tree)
        sys.path.insert(0, str(self._tree))
        for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
            del sys.modules[name]
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        present = [(number, fault) for number, fault in self._faults if not fault.early]
        later = {number for number, fault in self._faults if fault.early}
        if present:
            unsettled = self._tree / "unsettled"
            in_fork(lambda: self._go_on(present, unsettled))
            later |= set(map(int, unsettled.read_text("utf-8").split()))
        for number, fault in self._faults:
            if number in later:
                self._tell(number, self._anew(fault))

    def _go_on(self, faults: list[tuple[int, Mutant]], unsettled: Path) -> int:
        """Import the tests once, and try all these faults; write down which need more."""
        more = []

        def loop(session: pytest.Session) -> bool:
            items = {item.nodeid: item for item in session.items}
            functions = [f for f in gc.get_objects() if isinstance(f, FunctionType)]
            gc.freeze()
            for number, fault in faults:
                running, importing = self._tests.of(fault)
                tests = self._in_order(fault.file, running)

                def trial(fault: Mutant = fault, tests: list[str] = tests) -> int:
                    return _run_with(fault, functions, [items[name] for name in tests])

                status = self._with(fault, trial, tests)
                if status == ANEW or (status == SURVIVED and importing):
                    more.append(number)
                else:
                    self._tell(number, status)
            return True

        names = {name for _, fault in faults for name in self._tests.of(fault)[0]}
        self._pytest(names or set(self._tests.seconds), loop)
        unsettled.write_text(" ".join(map(str, more)), "utf-8")
        return 0

    def _anew(self, fault: Mutant) -> int:
        """Import everything with the fault, and run the tests that may then see it."""
        running, importing = self._tests.of(fault)
        far = self._tests.around(fault.file) if None in importing else set()
        tests = self._in_order(fault.file, running | self._tests.inside(importing) | far)
        return self._with(fault, lambda: self._pytest(tests), tests)

    def _in_order(self, file: str, names: Iterable[str]) -> list[str]:
        """Put first what killed lately, then the file's own tests, then what is quick."""
        own, killers = f"test_{Path(file).stem}", self._killers[file]

        def rank(name: str) -> tuple[bool, bool, float]:
            return name not in killers, own not in name, self._tests.seconds[name]

        return sorted(names, key=rank)

    def _with(self, fault: Mutant, trial: Callable[[], int], tests: list[str]) -> int:
        """Return what a trial comes to while the fault stands in the tree."""
        if not tests:
            return SURVIVED
        path = self._tree / fault.file
        source = path.read_bytes()
        self._killer.unlink(missing_ok=True)
        try:
            self._write(path, fault.applied(source))
            status = in_fork(trial, 20 + 10 * sum(self._tests.seconds[name] for name in tests))
        finally:
            self._write(path, source)
        if self._killer.exists():
            killers = self._killers[fault.file]
            killers[:] = [self._killer.read_text("utf-8"), *killers[:4]]
        return status

    def _write(self, path: Path, source: bytes) -> None:
        path.write_bytes(source)
        # Python knows what it has compiled by the file's time, in seconds.
        self._edition += 1
        os.utime(path, (self._edition, self._edition))

    def _tell(self, number: int, status: int) -> None:
        os.write(self._told, f"{number} {status}\n".encode())

    def _pytest(
        self, names: Iterable[str], loop: Callable[[pytest.Session], bool] | None = None
    ) -> int:
        plugin = _Plugin(list(names), self._tests.seconds, self._killer, loop)
        files = {name.partition("::")[0] for name in names}
        return int(pytest.main([*PYTEST, "-x", *sorted(files)], plugins=[Quick(), plugin]))


class _Plugin:
    """Selects tests, in this order, and limits the time of each."""

    def __init__(
        self,
        names: list[str],
        seconds: dict[str, float],
        killer: Path,
        loop: Callable[[pytest.Session], bool] | None,
    ) -> None:
        self._place = {name: i for i, name in enumerate(names)}
        self._seconds, self._killer, self._loop = seconds, killer, loop

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if item.nodeid in self._place]
        items.sort(key=lambda item: self._place[item.nodeid])

    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        return self._loop(session) if self._loop else None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        # The signal ends the process: that counts as killed.
        signal.setitimer(signal.ITIMER_PROF, 1 + 5 * self._seconds[item.nodeid])
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self._killer.write_text(report.nodeid, "utf-8")


def _run_with(fault: Mutant, functions: list[FunctionType], items: list[pytest.Item]) -> int:
    """Put a fault into the functions as they are, and run the tests until one fails."""
    file = str(Path(fault.file).resolve())
    made = _by_name(compile(Path(file).read_bytes(), file, "exec"))
    first, last = fault.lines
    for function in functions:
        code = function.__code__
        if code.co_filename != file:
            continue
        now = made.get((code.co_qualname, code.co_firstlineno), [])
        try:
            function.__code__ = now[0] if len(now) == 1 else code
        except ValueError:  # it closes over other variables by now
            return ANEW
        if len(now) > 1 and first <= code.co_firstlineno <= last:  # which of the two lambdas?
            return ANEW
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if item.session.testsfailed:
            return KILLED
    return SURVIVED


def _by_name(code: CodeType) -> dict[tuple[str, int], list[CodeType]]:
    """Return the code of all functions by name and line, which lambdas may share."""
    found: dict[tuple[str, int], list[CodeType]] = {}
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            found.setdefault((inner.co_qualname, inner.co_firstlineno), []).append(inner)
            for key, codes in _by_name(inner).items():
                found.setdefault(key, []).extend(codes)
    return found
