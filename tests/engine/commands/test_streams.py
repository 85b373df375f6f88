"""engine.commands.streams and engine.cli: streams that are missing, full, gone; Ctrl+C."""

import argparse
import io
import os
import sys
from collections.abc import Callable
from typing import NoReturn, TextIO

import pytest

from engine import Experiment, UserError
from engine.cli import Parser, run_command
from engine.commands.options import loaded
from engine.commands.streams import abandon, standard_input, tell
from engine.files.experiment_file import LARGEST_FILE, to_json


def without_reader() -> TextIO:
    """Return a stream into a pipe that nobody reads."""
    end, held = os.pipe()
    os.close(end)
    return os.fdopen(held, "w")


def free() -> int:
    """Return the number that the next open file would get."""
    number = os.dup(sys.__stdin__.fileno() if sys.__stdin__ else 0)
    os.close(number)
    return number


def ran(command: Callable[[argparse.Namespace], None]) -> int:
    return run_command(Parser(prog="chainstep"), argparse.Namespace(command=command))


def printing(_: argparse.Namespace) -> None:
    sys.stdout.write("text\n")


def failing(fault: BaseException) -> Callable[[argparse.Namespace], NoReturn]:
    def command(_: argparse.Namespace) -> NoReturn:
        raise fault

    return command


def test_what_nobody_reads_is_discarded() -> None:
    stream, before = without_reader(), free()
    stream.write("lost")
    abandon(stream)
    assert free() == before
    stream.close()


@pytest.mark.parametrize("stream", [io.StringIO(), None])
def test_what_is_no_file_is_left_alone(stream: TextIO) -> None:
    abandon(stream)


def test_a_pipe_whose_reader_has_gone_ends_a_command_quietly(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with without_reader() as stream:
        monkeypatch.setattr(sys, "stdout", stream)
        assert ran(printing) == 1


def test_ctrl_c_has_the_status_that_shells_give_it() -> None:
    assert ran(failing(KeyboardInterrupt())) == 130


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (OSError(28, "No space left on device"), "standard output: No space left on device"),
        (OSError(13, "Permission denied", "a\nb"), r"a\nb: Permission denied"),
        (OSError(2, "No such file or directory", ""), "'': No such file or directory"),
        (UserError("No."), "No."),
    ],
)
def test_a_fault_is_one_line(
    fault: Exception, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        ran(failing(fault))
    assert stopped.value.code == 2
    assert capsys.readouterr() == ("", f"chainstep: {said}\n")


def test_a_full_standard_output_is_discarded(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = without_reader()
    stream.write("lost")
    monkeypatch.setattr(sys, "stdout", stream)
    with pytest.raises(SystemExit):
        ran(failing(OSError(28, "No space left on device")))
    stream.close()


def test_a_full_disk_leaves_standard_output_as_it_is(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    end, held = os.pipe()
    with os.fdopen(end) as reader, os.fdopen(held, "w") as stream, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", stream)
        with pytest.raises(SystemExit):
            ran(failing(OSError(28, "No space left on device", "table.csv")))
        print("kept", file=stream, flush=True)
        assert reader.readline() == "kept\n"
    assert capfd.readouterr().err == "chainstep: table.csv: No space left on device\n"


def test_a_command_that_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(printing) == 0
    assert capsys.readouterr() == ("text\n", "")


def test_standard_input_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UserError, match="no standard input"):
        standard_input(1)


def test_standard_input_is_read_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"abc")))
    assert (standard_input(2), standard_input(2)) == (b"ab", b"c")


def test_news_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    tell("news")
    assert capsys.readouterr() == ("", "news\n")


def test_without_standard_error_there_is_no_news(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    monkeypatch.setattr(sys, "__stderr__", None)
    tell("news")
    assert capsys.readouterr().out == ""


def test_news_that_nobody_reads_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = without_reader()
    monkeypatch.setattr(sys, "stderr", stream)
    tell("news")
    stream.close()


def test_help_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    Parser(prog="chainstep").print_help()
    assert capsys.readouterr().out.startswith("usage: chainstep")


def test_an_experiment_may_be_so_large_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    text = to_json(Experiment()).encode()
    largest = text + b" " * (LARGEST_FILE - len(text))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(largest)))
    assert loaded("-") == Experiment()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(largest + b" ")))
    with pytest.raises(UserError, match="standard input: The file is larger"):
        loaded("-")
