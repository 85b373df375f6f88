"""Set Chainstep up and start it; needs nothing but Python 3.11 or newer.

  python3 run.py                 open the window
  python3 run.py FILE            open a file; other words are those of `chainstep`: train --json
  python3 run.py test            check the sources, then run all tests
  python3 run.py test -k WORD    run pytest alone, with these further words
  python3 run.py test --explore  test with new random examples, and tell how to repeat them
  python3 run.py coverage        run all tests, and tell which lines and branches they never reach
  python3 run.py mutate [PATH …] put small faults into the engine: which do its tests not notice?
  python3 run.py stress          random events, files, commands, failures; --help tells more
  python3 run.py bench           measure how fast it is; --help tells more
  python3 run.py bundle          make dist/: what one installs without Python; --test tries it
  python3 run.py wheels          download all that is needed into the folder wheels/

The first run makes .venv beside this file and installs into it from the internet. Where a folder
wheels/ stands beside this file (or CHAINSTEP_WHEELS names one), it is used alone: fill it on a
machine with internet, the same system and the same Python version, and carry it along.
On Linux, missing system libraries are named; as root on Debian or Ubuntu they are installed.
Without a display, the result of training is printed and pictures/ gets pictures of the window.
"""

import contextlib
import ctypes
import hashlib
import importlib.util
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path


def too_old(major: int, minor: int) -> str:
    """Return what to tell the user of this Python version; nothing if it will do."""
    if (major, minor) >= (3, 11):
        return ""
    return f"Chainstep needs Python 3.11 or newer, and this is Python {major}.{minor}."


# Older Pythons can read this file, but not evaluate the annotations below.
if too_old(*sys.version_info[:2]):
    sys.exit(too_old(*sys.version_info[:2]))

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "chainstep-stamp"
UNFINISHED = "unfinished"
WHEELS_LACK = """{} does not have all that Python {} on this system needs: run \
`python3 run.py wheels` on such a machine with internet, and copy the folder here."""
NO_INTERNET = """pip could not install; see that the internet can be reached, and run this again, \
or bring a folder wheels/ (see python3 run.py --help)."""
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / "python")
PICTURES = {"forward.png": 2, "backward.png": 8, "final.png": 6240}
QTLESS = {"check", "code", "count", "diagnose", "train"}
WINDOWLESS = {*QTLESS, "bundle", "map", "picture", "test"}
TOOLS = {
    "bench": "benchmarks",
    "bundle": "bundling",
    "coverage": "tests.tools.reached",
    "mutate": "tests.tools.mutate",
    "stress": "tests.stress",
}
COMPILER = ("numba", "llvmlite")
TEST_PROGRAMS = {"Xvfb": "xvfb", "xdotool": "xdotool", "dbus-run-session": "dbus"}
# What the test that listens as a screen reader does needs besides, and a file of each.
LISTENING = {
    "at-spi2-core": "libexec/at-spi-bus-launcher",
    "python3-gi": "lib/python3/dist-packages/gi/__init__.py",
    "gir1.2-atspi-2.0": "lib/*/girepository-1.0/Atspi-2.0.typelib",
}
WORKFLOWS = "zizmor --quiet --offline --persona pedantic .github"
SOURCES = ["ruff check .", "ruff format --check .", "mypy", "lint-imports"]
CHECKS = [*SOURCES, WORKFLOWS, "pytest -n auto"]
# What the Qt in PySide6's wheels loads and does not bring along.
QT = "libglib-2.0.so.0 libGL.so.1 libEGL.so.1 libdbus-1.so.3 libfontconfig.so.1 libxkbcommon.so.0"
X = """libX11-xcb.so.1 libxcb-cursor.so.0 libxcb-icccm.so.4 libxcb-image.so.0 libxcb-keysyms.so.1
libxcb-randr.so.0 libxcb-render-util.so.0 libxcb-render.so.0 libxcb-shape.so.0 libxcb-shm.so.0
libxcb-sync.so.1 libxcb-util.so.1 libxcb-xfixes.so.0 libxcb-xkb.so.1 libxkbcommon-x11.so.0"""


# What a bundle collects besides, and what packs it.
BUNDLE = "libwayland-client.so.0 libwayland-cursor.so.0 libwayland-egl.so.1 libcups.so.2"
PACKERS = {"strip": "binutils", "mksquashfs": "squashfs-tools", "dpkg-deb": "dpkg"}


def say(text: str) -> None:
    """Tell the user something; not on stdout, which is the program's own."""
    print(text, file=sys.stderr, flush=True)


def call(command: list[str], **variables: str) -> int:
    """Run a command in sight of the user and return its exit status as a shell would."""
    status = subprocess.call(command, env={**os.environ, **variables})
    return status if status >= 0 else 128 - status


def quietly(command: list[str], env: dict[str, str] | None = None) -> str | None:
    """Run a command unseen; return None when it succeeds, else the last lines it wrote."""
    done = subprocess.run(
        command, env=env, input="", capture_output=True, errors="replace", check=False
    )
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return "\n".join(lines[-14:]) if done.returncode else None


def apt_install(packages: list[str]) -> bool:
    """Install Debian packages if we may, and tell whether that was done."""
    if not (shutil.which("apt-get") and hasattr(os, "geteuid") and os.geteuid() == 0):
        return False
    say(f"Installing {' '.join(packages)} with apt-get …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quietly(["apt-get", "update", "-qq"], env)
    install = ["apt-get", "install", "-qq", "--yes", "--no-install-recommends", *packages]
    trouble = quietly(install, env)
    if trouble is not None:
        say(trouble)
    return trouble is None


def package_of(soname: str) -> str:
    """Return the Debian package of a shared library; its name follows from Debian's policy."""
    name, number = soname.lower().replace("glib-", "glib").split(".so.")
    return f"{name}-{number}" if name[-1].isdigit() else name + number


def missing(sonames: str) -> list[str]:
    """Return the packages of those shared libraries that the system lacks."""
    packages = []
    for soname in sonames.split():
        try:
            ctypes.CDLL(soname)
        except OSError:
            packages.append(package_of(soname))
    return packages


def lacking_for_tests() -> list[str]:
    """Return the packages that the tests on a real display need and the system lacks."""
    programs = [package for name, package in TEST_PROGRAMS.items() if not shutil.which(name)]
    files = (package for package, file in LISTENING.items() if not any(Path("/usr").glob(file)))
    return [*programs, *files]


def has_no_display() -> bool:
    """Tell whether a window could not be shown, and nobody asked for another platform."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform.startswith("linux") and not any(map(os.environ.get, names))


def needs_x(command: str) -> bool:
    """Tell whether this command opens a window, and does so under X."""
    wayland = os.environ.get("WAYLAND_DISPLAY")
    platform = os.environ.get("QT_QPA_PLATFORM") or ("wayland" if wayland else "xcb")
    return command not in {*WINDOWLESS, *TOOLS} and platform == "xcb" and not has_no_display()


def prepare_system(command: str) -> None:
    """Install what Linux lacks for Qt and the tests, or say how; stop if it cannot work."""
    if not sys.platform.startswith("linux"):
        return
    programs = lacking_for_tests() if command in ("coverage", "stress", "test") else []
    if command == "bundle":
        programs = [package for name, package in PACKERS.items() if not shutil.which(name)]
        programs += missing(BUNDLE)
    qt, x = missing(QT), missing(X)
    if (qt or x or programs) and apt_install(qt + x + programs):
        qt, x, programs = missing(QT), missing(X), []
    if programs:
        lack = "The bundle lacks a part" if command == "bundle" else "End-to-end tests are skipped"
        say(f"{lack}; for them: sudo apt-get install {' '.join(programs)}")
    if qt or x:
        names = " ".join(qt + x)
        text = f"Qt lacks {names}; on Debian or Ubuntu: sudo apt-get install {names}"
        if (qt and command not in QTLESS) or (x and (needs_x(command) or command == "bundle")):
            sys.exit(text)
        say(text if qt else f"{text} (only needed for a window under X)")


def venv_version() -> str:
    """Return the version of the Python in .venv; nothing if .venv is broken."""
    probe = "import pip, platform; print(platform.python_version())"
    try:
        done = subprocess.run([PYTHON, "-I", "-c", probe], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    version = done.stdout.decode().strip()
    return "" if too_old(*map(int, version.split(".")[:2])) else version


def read_stamp() -> list[str]:
    """Return folder, Python, extra and hash as of the last installation, if there was one."""
    return STAMP.read_text("utf-8").splitlines() if STAMP.is_file() else []


def new_stamp(version: str, extra: str) -> list[str]:
    """Return what the stamp says once this project, with this extra, is installed."""
    digest = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return [str(ROOT), version, extra, digest]


def make_venv() -> str:
    """Make .venv anew unless it is sound and in its place; return its Python's version."""
    version, old = venv_version(), read_stamp()
    if version and (not old or old[0] == str(ROOT)):
        return version
    say("Making .venv …")
    # sys.executable may stand in the very .venv that is about to go.
    python = str(getattr(sys, "_base_executable", "") or sys.executable)
    usual = Path(python).resolve() == Path("/usr/bin/python3").resolve()
    package = "python3-venv" if usual else "python{}.{}-venv".format(*sys.version_info)
    if not importlib.util.find_spec("ensurepip") and not apt_install([package]):
        sys.exit(f"Python's ensurepip is missing; on Debian: sudo apt-get install {package}")
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    STAMP.write_text(UNFINISHED, "utf-8")
    trouble = quietly([python, "-m", "venv", str(VENV)])
    if trouble is not None:
        sys.exit(f"{trouble}\nPython could not make {VENV}; see just above.")
    STAMP.unlink()
    return venv_version()


def wheels_folder() -> Path:
    """Return the folder that is meant to hold the wheels."""
    return Path(os.environ.get("CHAINSTEP_WHEELS") or ROOT / "wheels").resolve()


def pip(*words: str, offline: Path | None = None) -> str | None:
    """Run pip unseen, from a folder of wheels alone if one is given; see `quietly`."""
    command = [PYTHON, "-m", "pip", words[0], "--quiet", "--disable-pip-version-check"]
    if offline is None:
        return quietly([*command, *words[1:]])
    # Other folders and indexes may be named in pip's variables and configuration files.
    env = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
    source = ["--no-index", "--find-links", str(offline)]
    return quietly([*command, *source, *words[1:]], {**env, "PIP_CONFIG_FILE": os.devnull})


def lacks_compiler(trouble: str | None) -> bool:
    """Tell whether pip found no Numba for this Python; if so, say that it goes without."""
    if trouble is None or not any(name in trouble for name in COMPILER):
        return False
    say("There is no Numba for this Python: long trainings and maps are slower.")
    return True


def pip_install(extra: str, offline: Path | None) -> str | None:
    """Install the project with this extra; return None when that succeeds, else what pip wrote."""
    project = f"{ROOT}[{extra}]" if extra else str(ROOT)
    ready_made = ["--only-binary", ",".join(COMPILER)]  # to build them takes LLVM, and an hour
    return pip("install", *ready_made, "--editable", project, offline=offline)


def install(extra: str = "") -> None:
    """Install the project and what it needs into .venv, if something has changed."""
    version, old = make_venv(), read_stamp()
    extra = extra or "".join(old[2:3])
    stamp = new_stamp(version, extra)
    if old == stamp:
        return
    wheels = wheels_folder()
    offline = wheels if any(wheels.glob("*.whl")) else None
    if not offline and os.environ.get("CHAINSTEP_WHEELS"):
        sys.exit(f"CHAINSTEP_WHEELS names {wheels}, where there are no *.whl files.")
    say(f"Installing from {offline or 'the internet'} (once; about a minute) …")
    STAMP.write_text(UNFINISHED, "utf-8")
    trouble = pip_install(f"{extra},fast".strip(","), offline)
    if lacks_compiler(trouble):
        trouble = pip_install(extra, offline)
    if trouble is not None:
        sys.exit(f"{trouble}\n{(WHEELS_LACK if offline else NO_INTERNET).format(wheels, version)}")
    STAMP.write_text("\n".join(stamp), "utf-8")


def download_wheels() -> None:
    """Fill the folder of wheels with all that installing, testing and building needs."""
    import tomllib  # noqa: PLC0415 - Pythons that are too old do not have it

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, build = settings["project"], settings["build-system"]
    needs = [*build["requires"], "editables", *project["dependencies"]]
    extras = project["optional-dependencies"]
    needs += extras["dev"]
    make_venv()
    folder = wheels_folder()
    say(f"Downloading to {folder} …")
    download = ["download", "--only-binary", ":all:", "--dest", str(folder)]
    trouble = pip(*download, *needs, *extras["fast"])
    if lacks_compiler(trouble):
        trouble = pip(*download, *needs)
    if trouble is not None:
        sys.exit(f"{trouble}\npip could not download; see that the internet can be reached.")
    say(f"{len(list(folder.glob('*.whl')))} wheels are in {folder}.")


def test(words: list[str]) -> int:
    """Run the checks and the tests, or pytest alone with these words; stop at a failure."""
    os.chdir(ROOT)
    locale = os.environ.get("LC_ALL") or "C.UTF-8"
    explore = [word for word in words if word.partition("=")[0] == "--explore"]
    plain = [word for word in words if word not in explore]
    seed = "".join(explore).partition("=")[2] or str(random.randrange(10**6))  # noqa: S311
    new = ["--hypothesis-profile=explore", f"--hypothesis-seed={seed}"] if explore else []
    for check in ["pytest"] if plain else CHECKS:
        name, *rest = [*check.split(), *plain, *(new if "pytest" in check else [])]
        say(f"== {' '.join([name, *rest])}")
        status = call([str(BIN / name), *rest], QT_QPA_PLATFORM="offscreen", LC_ALL=locale)
        if status:
            say(f"== {check} failed (exit status {status})")
            if new:
                again = " ".join([f"--explore={seed}", *plain])
                say(f"== to repeat it: python3 run.py test {again}")
            return status
    return 0


def show_without_display() -> int:
    """Print the result of training and leave pictures of the window."""
    say("There is no display: instead of a window, here are the result and pictures of it.")
    folder = ROOT / "pictures"
    folder.mkdir(exist_ok=True)
    commands = [["picture", str(folder / name), "--step", str(n)] for name, n in PICTURES.items()]
    for command in [["train"], *commands]:
        status = call([PYTHON, "-P", "-m", "chainstep", *command], QT_QPA_PLATFORM="offscreen")
        if status:
            say(f"`chainstep {' '.join(command)}` failed (exit status {status}).")
            return status
    say(f"The pictures are in {folder}: {', '.join(PICTURES)}")
    return 0


def start(words: list[str]) -> int:
    """Start the program, or a tool, in place of this one where the system can do so."""
    module = [TOOLS[words[0]], *words[1:]] if words and words[0] in TOOLS else ["chainstep", *words]
    command = [PYTHON, "-P", "-m", *module]
    if os.name != "nt":
        if module[0] == "chainstep":
            # Until it can end in silence, which it says, Ctrl+C would print a traceback.
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        os.execv(PYTHON, command)  # noqa: S606 - a shell is not wanted
    return call(command)


def main(words: list[str]) -> int:
    """Do what the words on the command line say; return the exit status."""
    command = words[0] if words else ""
    if command in ("-h", "--help"):
        with contextlib.suppress(BrokenPipeError):
            print(__doc__.strip(), flush=True)
        return 0
    try:
        if command == "wheels":
            download_wheels()
            return 0
        prepare_system(command)
        install("dev" if command in {"coverage", "mutate", "stress", "test"} else "")
        if command == "test":
            return test(words[1:])
        return show_without_display() if not words and has_no_display() else start(words)
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        sys.exit(f"Chainstep could not be set up: {error}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
