import ast
import os
import sys
from pathlib import Path

import pytest

import run

SOURCE = Path(run.__file__)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let run.py work in an empty project, with a .venv that is always sound."""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "one"\n', "utf-8")
    (tmp_path / ".venv").mkdir()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "STAMP", tmp_path / ".venv" / "stamp")
    monkeypatch.setattr(run, "make_venv", lambda: "3.11.2")
    monkeypatch.delenv("CHAINSTEP_WHEELS", raising=False)
    return tmp_path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record the commands that would run unseen; all of them succeed."""
    record: list[list[str]] = []

    def quietly(command: list[str], env: dict[str, str] | None = None) -> None:
        record.append([*command, *(f"{k}={v}" for k, v in (env or {}).items())])

    monkeypatch.setattr(run, "quietly", quietly)
    return record


@pytest.fixture
def plain_user(monkeypatch: pytest.MonkeyPatch) -> None:
    """Be on Linux, without a display and without the right to install anything."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(run, "apt_install", lambda _packages: False)
    monkeypatch.setattr(sys, "platform", "linux")


def lack(monkeypatch: pytest.MonkeyPatch, *sonames: str) -> None:
    """Let exactly these shared libraries be missing."""

    def load(soname: str) -> None:
        if soname in sonames:
            raise OSError(soname)

    monkeypatch.setattr(run.ctypes, "CDLL", load)


def test_an_old_python_gets_a_sentence_and_a_new_one_none() -> None:
    sentence = "Chainstep needs Python 3.11 or newer, and this is Python 3.10."
    assert run.too_old(3, 10) == sentence
    assert run.too_old(2, 12)
    assert [run.too_old(3, 11), run.too_old(3, 20), run.too_old(4, 0)] == ["", "", ""]


def test_an_old_python_reads_the_file_and_evaluates_nothing_new_before_the_check() -> None:
    tree = ast.parse(SOURCE.read_text("utf-8"), feature_version=(3, 7))
    check = next(i for i, node in enumerate(tree.body) if isinstance(node, ast.If))
    before = [node for node in tree.body[:check] if not isinstance(node, ast.Import)]
    assert [type(node).__name__ for node in before] == ["Expr", "ImportFrom", "FunctionDef"]
    annotations = [node.annotation for node in ast.walk(before[2]) if isinstance(node, ast.arg)]
    assert all(isinstance(annotation, ast.Name) for annotation in annotations)
    modules = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert modules == {"pathlib"}


def test_help_explains_every_way_to_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--help"]) == 0
    text = capsys.readouterr().out
    ways = ("run.py FILE", "train --json", *(f"run.py {tool}" for tool in run.TOOLS))
    assert [
        way
        for way in (*ways, "run.py test", "run.py wheels", "CHAINSTEP_WHEELS")
        if way not in text
    ] == []


def test_the_stamp_changes_with_pyproject_python_extra_and_folder(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamps = [
        run.new_stamp("3.11.2", ""),
        run.new_stamp("3.12.0", ""),
        run.new_stamp("3.11.2", "dev"),
    ]
    (project / "pyproject.toml").write_text('[project]\nname = "two"\n', "utf-8")
    stamps.append(run.new_stamp("3.11.2", ""))
    moved = project / "moved"
    moved.mkdir()
    (project / "pyproject.toml").rename(moved / "pyproject.toml")
    monkeypatch.setattr(run, "ROOT", moved)
    stamps.append(run.new_stamp("3.11.2", ""))
    assert len({tuple(stamp) for stamp in stamps}) == 5


def test_installing_happens_once_and_dev_implies_the_plain_one(
    project: Path, calls: list[list[str]]
) -> None:
    run.install()
    run.install()
    assert [call[-1] for call in calls] == [f"{project}[fast]"]
    run.install("dev")
    run.install()
    assert [call[-1] for call in calls[1:]] == [f"{project}[dev,fast]"]
    (project / "pyproject.toml").write_text("", "utf-8")
    run.install()
    assert [call[-1] for call in calls[2:]] == [f"{project}[dev,fast]"]


def test_a_python_without_numba_goes_without(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls: list[list[str]] = []

    def quietly(command: list[str], env: dict[str, str] | None = None) -> str | None:
        assert env is None
        calls.append(command)
        return "No matching distribution found for numba" if "fast" in command[-1] else None

    monkeypatch.setattr(run, "quietly", quietly)
    run.install()
    assert [call[-1] for call in calls] == [f"{project}[fast]", str(project)]
    assert "There is no Numba for this Python" in capsys.readouterr().err
    assert run.read_stamp() == run.new_stamp("3.11.2", "")


def test_a_folder_of_wheels_replaces_every_index(
    project: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://elsewhere.invalid")
    run.install()
    assert "--no-index" not in calls[0]
    (project / "wheels").mkdir()
    (project / "wheels" / "one-1-py3-none-any.whl").touch()
    run.install("dev")
    at = calls[1].index("--find-links")
    assert calls[1][at - 1 : at + 2] == ["--no-index", "--find-links", str(project / "wheels")]
    assert f"PIP_CONFIG_FILE={os.devnull}" in calls[1]
    assert not any("elsewhere" in word for word in calls[1])


def test_the_variable_names_another_folder_of_wheels(
    project: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = project / "stick"
    folder.mkdir()
    monkeypatch.setenv("CHAINSTEP_WHEELS", str(folder))
    with pytest.raises(SystemExit, match=r"stick, where there are no \*\.whl files"):
        run.install()
    (folder / "one-1-py3-none-any.whl").touch()
    run.install()
    assert calls[0][calls[0].index("--find-links") + 1] == str(folder)


@pytest.mark.usefixtures("plain_user")
def test_a_failing_pip_gives_one_sentence_and_status_1(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lack(monkeypatch)
    monkeypatch.setattr(run, "start", lambda _words: 0)
    monkeypatch.setattr(
        run,
        "pip",
        lambda *_, offline: run.quietly([sys.executable, "-c", f"exit('no wheel {offline}')"]),
    )
    with pytest.raises(SystemExit) as stop:
        run.main(["train"])
    lines = str(stop.value.code).splitlines()
    assert lines[0] == "no wheel None"
    assert len(lines) == 2
    assert "see that the internet can be reached" in lines[1]
    assert run.read_stamp() == [run.UNFINISHED]
    assert project.joinpath(".venv").is_dir()


@pytest.mark.parametrize(
    "stamp", [run.UNFINISHED, "/where/it/was\n3.11.2\n\nhash"], ids=["killed", "moved"]
)
def test_a_venv_that_is_half_made_or_moved_is_made_anew(
    stamp: str, tmp_path: Path, calls: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = tmp_path / ".venv"
    venv.mkdir()
    (venv / "chainstep-stamp").write_text(stamp, "utf-8")
    (venv / "rest").touch()
    monkeypatch.setattr(run, "ROOT", tmp_path)
    monkeypatch.setattr(run, "VENV", venv)
    monkeypatch.setattr(run, "STAMP", venv / "chainstep-stamp")
    monkeypatch.setattr(run, "venv_version", lambda: "3.11.2")
    assert run.make_venv() == "3.11.2"
    assert calls[0][1:] == ["-m", "venv", str(venv)]
    assert list(venv.iterdir()) == []
    run.make_venv()
    assert len(calls) == 1


def test_a_venv_without_its_python_is_broken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PYTHON", str(tmp_path / "gone"))
    assert run.venv_version() == ""


@pytest.mark.usefixtures("plain_user")
def test_missing_libraries_are_named_with_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    lack(monkeypatch, "libGL.so.1", "libglib-2.0.so.0", "libdbus-1.so.3", "libxkbcommon-x11.so.0")
    names = "libglib2.0-0 libgl1 libdbus-1-3 libxkbcommon-x11-0"
    with pytest.raises(SystemExit) as stop:
        run.prepare_system("")
    assert str(stop.value.code).endswith(f"sudo apt-get install {names}")


@pytest.mark.usefixtures("plain_user")
def test_missing_x_libraries_stop_only_a_window_under_x(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lack(monkeypatch, "libxcb-cursor.so.0")
    run.prepare_system("")
    assert "libxcb-cursor0 (only needed for a window under X)" in capsys.readouterr().err
    monkeypatch.setenv("DISPLAY", ":0")
    run.prepare_system("train")
    with pytest.raises(SystemExit, match="sudo apt-get install libxcb-cursor0"):
        run.prepare_system("")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    run.prepare_system("")


@pytest.mark.usefixtures("plain_user")
def test_missing_test_programs_are_told_and_do_not_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lack(monkeypatch)
    monkeypatch.setattr(run.shutil, "which", lambda _name: None)
    monkeypatch.setattr(run, "LISTENING", {"python3-gi": "no/such/file", "coreutils": "bin/env"})
    run.prepare_system("train")
    assert capsys.readouterr().err == ""
    run.prepare_system("test")
    assert (
        "skipped; for them: sudo apt-get install xvfb xdotool dbus python3-gi\n"
        in capsys.readouterr().err
    )


@pytest.mark.usefixtures("plain_user")
def test_without_a_display_the_result_and_pictures_take_the_place_of_the_window(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    started: list[list[str]] = []
    shown: list[list[str]] = []
    lack(monkeypatch)
    monkeypatch.setattr(run, "install", lambda _extra: None)
    monkeypatch.setattr(run, "start", lambda words: started.append(words) or 0)
    monkeypatch.setattr(run, "call", lambda command, **_: shown.append(command[4:]) or 0)
    assert run.main([]) == 0
    pictures = project / "pictures"
    assert shown[0] == ["train"]
    assert shown[3] == ["picture", str(pictures / "final.png"), "--step", "6240"]
    assert str(pictures) in capsys.readouterr().err
    assert started == []
    run.main(["train"])
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    run.main([])
    assert started == [["train"], []]
    assert len(shown) == 4


@pytest.mark.usefixtures("project")
def test_the_checks_stop_at_the_first_that_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[str] = []

    def call(command: list[str], **variables: str) -> int:
        assert variables["QT_QPA_PLATFORM"] == "offscreen"
        ran.append(" ".join([Path(command[0]).name, *command[1:]]))
        return 5 if "mypy" in command[0] else 0

    monkeypatch.setattr(run, "call", call)
    monkeypatch.setattr(run.os, "chdir", lambda _folder: None)
    assert run.test([]) == 5
    assert ran == ["ruff check .", "ruff format --check .", "mypy"]
    assert capsys.readouterr().err.endswith("== mypy failed (exit status 5)\n")
    assert run.test(["-k", "foo"]) == 0
    assert ran[3:] == ["pytest -k foo"]


@pytest.mark.usefixtures("project")
def test_exploring_draws_new_examples_and_tells_how_to_repeat_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran: list[list[str]] = []

    def call(command: list[str], **_variables: str) -> int:
        ran.append(command[1:])
        return int("pytest" in command[0])

    monkeypatch.setattr(run, "call", call)
    monkeypatch.setattr(run.os, "chdir", lambda _folder: None)
    assert run.test(["--explore", "-k", "foo"]) == 1
    again = capsys.readouterr().err.splitlines()[-1].partition("run.py test ")[2].split()
    assert again[1:] == ["-k", "foo"]
    run.test(again)
    assert ran[0] == ran[1]
    run.test(["--explore", "-k", "foo"])
    run.test(["--explore", "-k", "foo"])
    assert len({tuple(words) for words in ran}) > 1
    run.test(["--explore=7"])
    assert ran[-1][-2:] == ["--hypothesis-profile=explore", "--hypothesis-seed=7"]


@pytest.mark.usefixtures("plain_user", "project")
@pytest.mark.parametrize(
    ("command", "module", "extra"),
    [
        ("bench", "benchmarks", ""),
        ("coverage", "tests.tools.reached", "dev"),
        ("mutate", "tests.tools.mutate", "dev"),
    ],
)
def test_a_tool_is_set_up_and_started_with_its_words(
    monkeypatch: pytest.MonkeyPatch, command: str, module: str, extra: str
) -> None:
    done: list[object] = []
    lack(monkeypatch, "libxcb-cursor.so.0")
    monkeypatch.setattr(run, "install", done.append)
    monkeypatch.setattr(run.os, "execv", lambda _, command: done.append(command[2:]))
    monkeypatch.setattr(run, "call", lambda command: done.append(command[2:]))
    run.main([command, "--only", "map"])
    assert done[:2] == [extra, ["-m", module, "--only", "map"]]


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_command: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "prepare_system", interrupt)
    assert run.main(["train"]) == 130
