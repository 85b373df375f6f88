"""What is installed, from a wheel and as editable: `chainstep`, and no name that others have."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

STUDENT = "raise SystemExit('this is the engine.py or gui.py of somebody else')\n"
NOTEBOOK = "\n".join(
    line[4:]
    for line in (ROOT / "README.md").read_text("utf-8").splitlines()
    if line.startswith(("    from chainstep", "    run", "    moment_at"))
)
PROGRESS = re.compile("% done|so far|nearly done")
Python = Callable[..., str]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module", params=["wheel", "editable"])
def python(
    request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> Python:
    """Install Chainstep in a fresh environment; return what runs its Python in a student's folder.

    All else that it needs is taken from the environment of the tests.
    """
    made = tmp_path_factory.mktemp("environment")
    venv.create(made, with_pip=False, symlinks=os.name != "nt")
    binaries = made / ("Scripts" if os.name == "nt" else "bin")
    names = {"base": str(made), "platbase": str(made), "installed_base": str(made)}
    packages = Path(sysconfig.get_path("purelib", "venv", names))
    if request.param == "wheel":
        into = ["--python", str(binaries / "python"), "install", "--no-deps", "--no-index"]
        subprocess.run(
            [sys.executable, "-m", "pip", *into, str(wheel)], check=True, stdout=subprocess.DEVNULL
        )
    else:
        (packages / "chainstep.pth").write_text(str(ROOT), "utf-8")
    others = [path for path in sys.path if path.endswith("site-packages")]
    (packages / "others.pth").write_text("\n".join(others), "utf-8")
    folder = tmp_path_factory.mktemp("student")
    for name in ("engine.py", "gui.py"):
        (folder / name).write_text(STUDENT, "utf-8")

    def run(*words: str, program: str = "python", cwd: Path = folder) -> str:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        environment.pop("PYTHONPATH", None)
        command = [str(binaries / program), *words]
        done = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, check=False
        )
        told = [line for line in done.stderr.splitlines() if not PROGRESS.search(line)]
        assert (done.returncode, told) == (0, []), done.stderr
        return done.stdout

    return run


def test_a_wheel_brings_one_name_and_only_what_runs(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    first = {name.partition("/")[0] for name in names}
    assert first - {name for name in first if name.endswith(".dist-info")} == {"chainstep"}
    types = {Path(name).suffix for name in names if name.startswith("chainstep/")}
    assert types == {".mo", ".py", ".svg", ".toml", ".ttf", ".txt"}
    assert [name for name in names if re.search(r"subset|README|pictures|__pycache__", name)] == []
    assert sum("licenses/" in name for name in names) == 6


def test_the_lines_for_a_notebook_run_beside_an_engine_of_somebody_else(python: Python) -> None:
    assert NOTEBOOK.count("\n") == 3
    told = python("-c", f"{NOTEBOOK}\nprint(repr(moment_at(run, 8).computation))")
    assert "Computation" in told
    assert python("-c", NOTEBOOK, cwd=ROOT) == ""
    names = "import sys; print([name for name in sys.modules if name in ('engine', 'gui')])"
    assert python("-c", f"{NOTEBOOK}\n{names}") == "[]\n"


def test_the_command_runs_beside_an_engine_of_somebody_else(python: Python) -> None:
    plain = json.loads(python("-m", "chainstep", "train", "--json"))
    assert plain["converged_at"] == 191
    # Long enough to be compiled, where it can be.
    long = ["--epochs", "450000", "--learning-rate", "0.001", "--json"]
    assert json.loads(python("-m", "chainstep", "train", *long))["updates"] == 900_000


def test_every_panel_is_drawn_beside_a_gui_of_somebody_else(python: Python, tmp_path: Path) -> None:
    code = (
        "from chainstep.gui.__main__ import main\nfrom chainstep.gui.panels import PANELS\n"
        "from chainstep.gui.shell.panels import _view\n"
        "main(['picture', 'window.png', '--panel', 'code'])\n"
        "print([_view(tab.name).__module__ for tab in PANELS])\n"
    )
    assert python("-c", code).count("chainstep.gui.panels.") == 7
    assert python("-P", "-m", "chainstep", "picture", str(tmp_path / "chain.svg")) == ""


def test_an_experiment_goes_to_another_process_and_back(python: Python) -> None:
    code = (
        "from concurrent.futures import ProcessPoolExecutor\nfrom dataclasses import replace\n"
        "import multiprocessing\nfrom chainstep.engine import Experiment\n"
        "if __name__ == '__main__':\n"
        "    spawn = multiprocessing.get_context('spawn')\n"
        "    with ProcessPoolExecutor(1, mp_context=spawn) as pool:\n"
        "        print(pool.submit(replace, Experiment(), epochs=5).result().epochs)\n"
    )
    assert python("-c", code) == "5\n"
