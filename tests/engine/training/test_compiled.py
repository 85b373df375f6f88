"""Making Numba ready stops nobody else; and without Numba nothing is missed."""

import gc
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from textwrap import dedent

import pytest

from engine.training import compiled


@pytest.mark.skipif(not compiled.possible(), reason="Numba is not installed")
@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux what the process has opened")
def test_llvm_is_open_before_python_would_open_it_with_the_gil() -> None:
    program = """
        import sys
        from pathlib import Path
        from engine.training.compiled import without_pauses

        with without_pauses():
            assert "llvmlite" not in sys.modules
            opened = Path("/proc/self/maps").read_text("utf-8")
        print("libllvmlite" in opened)
        import numba
        """
    done = subprocess.run(
        [sys.executable, "-c", dedent(program)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n", done.stderr


def test_where_llvm_is_missing_nothing_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "find_spec", lambda _name: None)
    with compiled.without_pauses():
        pass
    assert not compiled.possible()


@pytest.mark.parametrize("collects", [True, False])
def test_garbage_is_collected_afterwards_as_it_was_before(*, collects: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if collects else gc.disable)()
        with compiled.without_pauses():
            assert not gc.isenabled()
        assert gc.isenabled() is collects
    finally:
        (gc.enable if was else gc.disable)()


def test_a_compiled_function_never_runs_in_the_main_thread() -> None:
    def where(*arguments: object) -> object:
        return threading.current_thread(), arguments

    apart = compiled._Apart(where)
    thread, given = apart(1, 2)  # type: ignore[misc]
    assert given == (1, 2)
    assert thread is not threading.main_thread()
    with ThreadPoolExecutor(1) as other:
        mine = other.submit(threading.current_thread).result()
        assert other.submit(apart).result() == (mine, ())
    assert apart.__name__ == "where"
