"""What a system is told of Chainstep: manual page, completions, menu entry, types of files."""

import argparse
import configparser
import shutil
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bundling import manual, packing
from engine.files.endings import EXPERIMENTS, LESSONS
from gui.commands import parser_of_commands
from gui.shell.application import DESKTOP_FILE

ROOT = Path(__file__).resolve().parents[1]
LINUX = ROOT / "bundling" / "linux"
METAINFO = ET.parse(LINUX / f"{packing.ID}.metainfo.xml").getroot()  # noqa: S314 - our own
TYPES = ET.parse(LINUX / f"{packing.ID}.xml").getroot()  # noqa: S314 - our own


def entry() -> configparser.SectionProxy:
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign]
    read.read_string((LINUX / f"{packing.ID}.desktop").read_text("utf-8"))
    return read["Desktop Entry"]


def test_all_have_the_one_name_by_which_systems_know_the_program() -> None:
    assert METAINFO.findtext("id") == DESKTOP_FILE == packing.ID
    assert METAINFO.findtext("launchable") == f"{DESKTOP_FILE}.desktop"
    assert entry()["Icon"] == entry()["StartupWMClass"] == DESKTOP_FILE
    assert DESKTOP_FILE in (ROOT / "bundling/frozen/chainstep.spec").read_text("utf-8")
    assert DESKTOP_FILE in (ROOT / "bundling/windows/chainstep.iss").read_text("utf-8")


def test_its_files_are_types_that_it_opens() -> None:
    globs = [glob.attrib["pattern"] for glob in TYPES.iter() if glob.tag.endswith("glob")]
    assert globs == [f"*{EXPERIMENTS[0]}", f"*{LESSONS[0]}"]
    types = [one.attrib["type"] for one in TYPES]
    assert entry()["MimeType"].split(";")[:-1] == types
    assert [one.text for one in METAINFO.iter("mediatype")] == types
    assert entry()["Exec"] == "chainstep %f"


def test_the_latest_release_in_the_description_is_this_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert next(METAINFO.iter("release")).attrib["version"] == project["version"]


def words() -> dict[str, set[str]]:
    """Return the long options of each command, asked of the parser in another way: its help."""
    found = {}
    for name, parser in manual.commands().items():
        text = parser.format_help()
        found[name] = {word.strip("[],=") for word in text.split() if word.startswith("--")}
    return found


def test_the_manual_page_tells_every_command_and_option() -> None:
    page = manual.manual("1.2.3", "2026-01-01").replace("\\-", "-")
    told = words()
    assert set(told) > {"train", "check", "lesson new", "picture", "map"}
    for name, options in told.items():
        assert f".SS {name}\n" in page
        assert [option for option in options if option not in page] == []
    assert "chainstep 1.2.3" in page


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["tr"], ["train"]),
        (["lesson", "ch"], ["check"]),
        (["train", "--alg"], ["--algorithm"]),
        (["picture", "p.png", "--theme", "pro"], ["projector"]),
    ],
)
def test_bash_completes(typed: list[str], offered: list[str], tmp_path: Path) -> None:
    line = " ".join(["chainstep", *typed])
    script = (
        f"{manual.bash()}\nCOMP_WORDS=({line}); COMP_CWORD={len(typed)}\n_chainstep\n"
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    bash = ["bash", "--norc", "-c", script]
    done = subprocess.run(bash, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (done.stdout.split(), done.stderr) == (offered, "")


def test_fish_and_zsh_are_told_every_command() -> None:
    choices = next(
        one.choices
        for one in parser_of_commands()._actions
        if isinstance(one, argparse._SubParsersAction)
    )
    for name in set(choices) - {"window"}:
        assert f"-a {name}" in manual.fish()
        assert name in manual.zsh()
