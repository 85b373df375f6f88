"""Functions compiled by Numba. Their results equal those of Python bit for bit: no fastmath.

Numba and NumPy are imported for large jobs only. Without Numba, all jobs run as plain Python,
which is slower.
"""

import gc
import math
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from threading import current_thread, main_thread
from types import ModuleType
from typing import TypeVar, cast

LARGE = 4_000_000
"""The work, in updates × (layers + 2), from which compiling pays.

Importing Numba and compiling take 1 to 3 seconds the first time and 0.4 later, from its cache;
Python does this much work in about 2 seconds.
"""

_Function = TypeVar("_Function", bound=Callable[..., object])


def possible() -> bool:
    """Return whether Numba is installed, without importing it."""
    return find_spec("numba") is not None


@contextmanager
def without_pauses() -> Iterator[None]:
    """Keep the other threads running while Numba is imported or compiles.

    Garbage collection is off meanwhile: among Numba's many objects it stops all threads for 0.1 s.
    These objects stay, so they are then excluded from later collections (`gc.freeze`).
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        _open_library()
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()


def _open_library() -> None:
    """Have the system open LLVM, which Numba asks for; where that fails, Numba will tell.

    The library is large: Python itself would open it with the GIL, 0.1 to 0.4 s long (before 3.14
    and not on Windows). A foreign function is called without.
    """
    found = find_spec("llvmlite") if os.name == "posix" else None
    if found is None or found.origin is None:
        return
    import ctypes  # noqa: PLC0415

    with suppress(OSError, AttributeError):
        system = ctypes.CDLL(None)
        for library in Path(found.origin).parent.glob("binding/libllvmlite.*"):
            system.dlopen(os.fsencode(library), os.RTLD_NOW)


def compiled(function: _Function, *made_of: str | ModuleType) -> _Function:
    """Return `function` compiled; it runs without the GIL, and never in the main thread.

    `made_of` are all the texts and modules that it depends on: the compiled code is cached on disk
    where possible, and used again only if none of them has changed (Numba by itself checks only
    the file of the function). Raises ImportError without Numba.
    """
    import hashlib  # noqa: PLC0415

    from numba import njit  # noqa: PLC0415 - half a second, for large jobs alone

    texts = (part if isinstance(part, str) else _source(part) for part in made_of)
    edition = hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
    function.__qualname__ = f"{function.__name__}_{edition}"
    try:
        made = njit(cache=True, nogil=True, error_model="numpy")(function)
    except RuntimeError:
        # There is no place where a cache could be written.
        made = njit(nogil=True, error_model="numpy")(function)
    return cast("_Function", _Apart(made))


class _Apart:
    """A compiled function that another thread runs while the main one waits for it.

    Signals are heard by the main thread alone. Should one raise KeyboardInterrupt there while
    Numba packs up what a compiled function returns, the process would die.
    """

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function

    def __call__(self, *arguments: object) -> object:
        if current_thread() is not main_thread():
            return self._function(*arguments)
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - for large jobs alone

        with ThreadPoolExecutor(1, thread_name_prefix="compiled") as other:
            return other.submit(self._function, *arguments).result()

    def __getattr__(self, name: str) -> object:
        return getattr(self._function, name)


def _source(module: ModuleType) -> str:
    """Return the text of a module, and its full name, by which Numba looks for it again.

    Raises ImportError where a program is packed without its texts.
    """
    from importlib.abc import InspectLoader  # noqa: PLC0415

    loader = module.__loader__
    text = loader.get_source(module.__name__) if isinstance(loader, InspectLoader) else None
    if text is None:
        raise ImportError(module.__name__)
    return f"{module.__name__}\n{text}"


_known: set[Callable[..., object]] = {math.tanh}


def inlined(function: _Function) -> _Function:
    """Let Numba inline `function` into compiled functions that call it; return it unchanged.

    Raises ImportError without Numba.
    """
    from numba.extending import register_jitable  # noqa: PLC0415

    if function not in _known:
        # Unless it is told to, Numba does not inline them all: half as fast.
        register_jitable(forceinline=True)(function)
        _known.add(function)
    return function
