"""Making Numba ready stops nobody else; and without Numba nothing is missed."""

import subprocess
import sys
from textwrap import dedent

import pytest

from engine.training import compiled


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
