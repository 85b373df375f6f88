"""`chainstep` as a process among others: its streams, its signals, its exit status."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
COMMAND = f"{sys.executable} -m gui"
ENDLESS = ["--epochs", "300000000"]
PROGRESS = re.compile(r"\d+ s so far|<?[\d.]+ % done(, about \d+ \w+ left)?|nearly done")


def shell(script: str, folder: Path = ROOT, **more: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a line of shell, in which C is the command."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(
        ["bash", "-c", script.replace("C ", f"{COMMAND} ")],
        cwd=folder,
        env=env,
        capture_output=True,
        timeout=100,
        check=False,
    )


def lines(told: bytes) -> list[str]:
    """Return what was told on standard error, without how far something is."""
    return [line for line in told.decode().splitlines() if not PROGRESS.fullmatch(line)]


# --- where it writes to ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "script",
    [
        "C train --epochs 1 --csv /dev/stdout >> log",
        "C train --epochs 1 --csv /dev/fd/1 >> log",
        "C train --epochs 1 --csv /dev/stderr 2>> log",
        "C train --epochs 1 --csv /proc/self/fd/5 5>> log",
        "ln -s /dev/stdout link; C train --epochs 1 --csv link >> log",
    ],
)
def test_what_is_appended_to_keeps_what_it_has(script: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("notes\n")
    assert shell(script, tmp_path).returncode == 0
    found = log.read_text().splitlines()
    assert found[:2] == ["notes", "update,epoch,sample,x,target,output,loss,w1,w2,w3,g1,g2,g3"]
    summary = [i for i, line in enumerate(found) if line.startswith("initial weights")]
    assert summary == ([5] if script.endswith(" >> log") else [])


def test_a_program_follows_what_stands_in_the_file(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text("# mine\n")
    assert shell("C code --out /dev/stdout >> program.py", tmp_path).returncode == 0
    assert (tmp_path / "program.py").read_text().startswith('# mine\n"""')


# --- streams that are missing, full, or gone -------------------------------------------------

PRINTING = ["train", "train --json", "diagnose", "--version", "--help", "train --help"]


@pytest.mark.parametrize(
    ("command", "unbuffered"), [*((command, "") for command in PRINTING), ("--help", "1")]
)
def test_a_full_disk_is_one_line(command: str, unbuffered: str) -> None:
    done = shell(f"C {command} > /dev/full", PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    (line,) = lines(done.stderr)
    assert re.fullmatch(r"chainstep.*: standard output: No space left on device", line)


@pytest.mark.parametrize("command", PRINTING[2:])
def test_without_standard_output_there_is_one_line(command: str) -> None:
    done = shell(f"C {command} >&-")
    assert done.returncode == 2
    (line,) = lines(done.stderr)
    assert re.fullmatch(r"chainstep.*: standard output: Bad file descriptor", line)


def test_what_prints_nothing_needs_no_standard_output(tmp_path: Path) -> None:
    done = shell("C code --out p.py <&- >&- 2>&-", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "p.py").read_text().startswith('"""')


@pytest.mark.parametrize("command", ["train", "--help", "train --csv t.csv"])
def test_without_any_stream_it_fails_in_silence(command: str, tmp_path: Path) -> None:
    done = shell(f"C {command} <&- >&- 2>&-", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


def test_progress_that_nobody_hears_is_in_no_json() -> None:
    done = shell("C train --json --epochs 20000000 2>&-")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["updates"] == 40_000_000


@pytest.mark.parametrize("command", [*PRINTING, "check --layers 300"])
def test_a_reader_that_has_gone_is_no_word(command: str) -> None:
    done = shell(f"C {command} | true")
    assert lines(done.stderr) == []


# --- terminals that know few signs -----------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "command"),
    [
        ("gbk", "diagnose --preset equal_weights"),
        ("ascii", "count --help"),
        ("cp1252:strict", "check --activation tanh"),
        ("ascii:surrogateescape", "diagnose --preset equal_weights"),
        ("utf-16", "--help"),
    ],
)
def test_any_encoding_will_do(encoding: str, command: str) -> None:
    done = shell(f"C {command}", PYTHONIOENCODING=encoding)
    assert (done.returncode, lines(done.stderr)) == (0, [])
    assert done.stdout.decode(encoding.partition(":")[0])


def test_json_is_whole_in_any_encoding() -> None:
    done = shell("C diagnose --json", PYTHONIOENCODING="ascii")
    assert json.loads(done.stdout)["findings"]


@pytest.mark.parametrize("name", [r"$'\xff\xfe.json'", r"$'a\nb\e[31mc.json'", "实验.json"])
def test_any_name_can_be_complained_of(name: str) -> None:
    done = shell(f"C train --file {name}", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = lines(done.stderr)
    assert line.isprintable()
    assert line.endswith(".json: No such file or directory")


# --- what is read ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("C train --file /dev/zero", "larger than"),
        ("C train --file .", "Is a directory"),
        ("C train --file /dev/null", "line 1"),
        ("echo '{' | C train --file /dev/stdin", "line 2"),
        ("C train --file <(echo 7)", "not a Chainstep experiment"),
    ],
)
def test_what_is_no_ordinary_file_is_read_or_refused(script: str, told: str) -> None:
    done = shell(script)
    assert done.returncode == 2
    (line,) = lines(done.stderr)
    assert told in line


def test_an_experiment_may_come_through_a_pipe() -> None:
    done = shell("C experiment - --epochs 3 | C train --json --file /dev/stdin")
    assert json.loads(done.stdout)["updates"] == 6


# --- sizes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        *(
            f"{name} --layers 100000000"
            for name in ("train", "check", "diagnose", "code", "count", "picture p.png")
        ),
        "map m.csv --x w1 0 1 --y w2 0 1 --layers 1000000000000",
        "map m.csv --x w1 0 1 --y w2 0 1 --layers 600",
        "map m.csv --x w1 0 1 --y w2 0 1 --size 99999999",
        f"map m.csv --x w1 0 1 --y w2 0 1 --epochs {'9' * 300}",
        f"train --epochs 1{'0' * 308} --layers 1000",
        f"picture p.png --step {'9' * 4000}",
        f"count --layers {'9' * 4000}",
        f"train --seed {'7' * 9000}",
    ],
)
def test_what_is_far_too_large_is_refused_at_once(command: str, tmp_path: Path) -> None:
    done = shell(f"ulimit -t 10 -v 4000000; C {command}", tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert len(line) < 200
    assert list(tmp_path.iterdir()) == []


# --- how far it is ---------------------------------------------------------------------------


HURRIED = (  # however fast the machine is, it takes long
    "from engine.commands.output import Patience as P; P._FIRST = P._LOOK = 0.01; "
    "import engine.training.pace; engine.training.pace._SETTLED = 0.0; "
    "import sys; from gui.__main__ import main; sys.exit(main())"
)


@pytest.mark.parametrize(
    "command", ["check --layers 1200", "train --epochs 20000 --csv t.csv", "count --layers 499 498"]
)
def test_what_takes_long_tells_how_far_it_is(command: str, tmp_path: Path) -> None:
    done = shell(f"{sys.executable} -c '{HURRIED}' {command}", tmp_path)
    told = done.stderr.decode().splitlines()
    assert done.returncode == 0
    assert b"% done" not in done.stdout
    assert all(PROGRESS.fullmatch(line) for line in told), told
    assert told


# --- signals ---------------------------------------------------------------------------------


def _as_from_a_terminal() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(*arguments: str, code: str = "") -> "subprocess.Popen[bytes]":
    """Start the command as from a terminal: whoever runs the tests may ignore Ctrl+C."""
    program = ["-c", code] if code else ["-m", "gui", *arguments]
    return subprocess.Popen(
        [sys.executable, *program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_as_from_a_terminal,  # noqa: PLW1509 - it does next to nothing
    )


def attentive(process: "subprocess.Popen[bytes]") -> None:
    """Wait until the command hears signals: before, Python itself is starting."""
    heard, deadline = 0, time.monotonic() + 60
    while not heard >> (signal.SIGTERM - 1) & 1:
        assert time.monotonic() < deadline
        time.sleep(0.002)
        status = Path(f"/proc/{process.pid}/status").read_text()
        heard = int(re.search(r"^SigCgt:\s*(\w+)$", status, re.MULTILINE)[1], 16)


@pytest.mark.parametrize("after", [0.0, 0.15, 1.5])
@pytest.mark.parametrize(
    "arguments",
    [
        ["train", *ENDLESS],
        ["diagnose", *ENDLESS],
        ["check", "--layers", "20000"],
        ["map", "{}/m.png", "--x", "w1", "-2", "2", "--y", "w2", "-2", "2", "--size", "2048"],
        ["picture", "{}/p.png", *ENDLESS],
    ],
    ids=lambda arguments: arguments[0],
)
def test_ctrl_c_ends_a_command_in_silence(
    arguments: list[str], after: float, tmp_path: Path
) -> None:
    process = started(*(word.replace("{}", str(tmp_path)) for word in arguments))
    attentive(process)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, lines(err)) == (130, b"", [])
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_in_somebody_s_own_program_is_an_exception() -> None:
    process = started(
        code="import sys\nfrom engine import Experiment, train\n"
        "told = []\n"
        "def tell(done):\n"
        "    told or print('at it', flush=True)\n"
        "    told.append(done)\n"
        "try:\n    train(Experiment(epochs=300_000_000), progress=tell)\n"
        "except KeyboardInterrupt:\n    sys.exit(7)"
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"at it\n"
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (7, b"")


@pytest.fixture
def writing(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A command in the middle of writing `tmp_path`/t.csv."""
    process = started("train", "--epochs", "2000000", "--csv", str(tmp_path / "t.csv"))
    while not any(path.stat().st_size for path in tmp_path.iterdir()):
        assert process.poll() is None
        time.sleep(0.01)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_nothing_half_written(
    number: signal.Signals, writing: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    writing.send_signal(number)
    _, err = writing.communicate(timeout=60)
    assert (writing.returncode, lines(err)) == (128 + number, [])
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_command_left_goes_with_the_next(
    writing: "subprocess.Popen[bytes]", tmp_path: Path
) -> None:
    # While it lives, nobody takes its file away.
    assert shell("C code --out first.py", tmp_path).returncode == 0
    assert len(list(tmp_path.iterdir())) == 2
    writing.kill()
    writing.communicate()
    assert len(list(tmp_path.iterdir())) == 2
    assert shell("C code --out second.py", tmp_path).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first.py", "second.py"]


def test_what_is_ignored_stays_ignored(tmp_path: Path) -> None:
    script = (
        "trap '' HUP; C train --epochs 100 --csv t.csv > out & sleep 0.05; kill -HUP $!; wait $!"
    )
    assert shell(script, tmp_path).returncode == 0
    assert (tmp_path / "t.csv").exists()
