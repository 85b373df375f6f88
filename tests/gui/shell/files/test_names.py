"""gui.shell.files.names: the file that is meant by a name, and what the system says of it."""

import errno
import os
from pathlib import Path

import pytest

from gui.language import speech
from gui.shell.files.names import trouble, with_ending

JSON = "Experiments (*.json)"
ALL = "All files (*)"
MAPS = (".png", ".npz", ".csv")


@pytest.mark.parametrize(
    ("name", "kinds", "chosen", "meant"),
    [
        ("lr0.05", (".json",), JSON, "lr0.05.json"),
        ("实验1.2", (".json",), JSON, "实验1.2.json"),
        ("实验1.2", (".json",), "", "实验1.2.json"),
        ("v1.2.3", (".json",), ALL, "v1.2.3.json"),
        ("a.backup", (".json",), JSON, "a.backup.json"),
        ("a.backup", (".json",), ALL, "a.backup"),
        ("a.JSON", (".json",), JSON, "a.JSON"),
        ("a.json", (".json",), ALL, "a.json"),
        ("plain", (".json",), ALL, "plain.json"),
        (".hidden", (".json",), JSON, ".hidden.json"),
        ("ends in a dot.", (".json",), JSON, "ends in a dot.json"),
        ("lr0.05", MAPS, "*.csv (*.csv)", "lr0.05.csv"),
        ("lr0.05", MAPS, ALL, "lr0.05.png"),
        ("lr0.05", MAPS, "", "lr0.05.png"),
        ("map.npz", MAPS, "*.csv (*.csv)", "map.npz"),
        ("map.txt", MAPS, ALL, "map.txt"),
        ("w1.5 w2", (".csv",), "*.csv (*.csv)", "w1.5 w2.csv"),
        ("net.v2", (".py",), "*.py (*.py)", "net.v2.py"),
    ],
)
def test_dots_stay_and_the_ending_comes(
    name: str, kinds: tuple[str, ...], chosen: str, meant: str
) -> None:
    folder = "/some.where/else"
    assert with_ending(f"{folder}/{name}", kinds, chosen) == Path(folder, meant)


@pytest.mark.parametrize(
    "number",
    [errno.ENOENT, errno.EACCES, errno.ELOOP, errno.ENOSPC, errno.EISDIR, errno.ENAMETOOLONG],
)
def test_what_the_system_says_is_said_in_chinese(number: int) -> None:
    said = os.strerror(number)
    assert speech("zh_CN")(said) != said
    fault = OSError(number, said, "实验.json")
    assert trouble(fault, "en") == f"实验.json: {said}"
    assert trouble(fault, "zh_CN") == f"实验.json：{speech('zh_CN')(said)}"


def test_a_very_long_name_is_shown_short() -> None:
    fault = OSError(errno.ENOENT, os.strerror(errno.ENOENT), "/a" * 1000 + "\n.json")
    text = trouble(fault, "en")
    assert len(text) < 100
    assert "\\n.json: No such" in text
