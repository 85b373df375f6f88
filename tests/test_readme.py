"""README.md and README.zh-CN.md: each links the other, and both name the same commands."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TEXTS = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh-CN.md")}
CHINESE = re.compile("[\u4e00-\u9fff]")


def commands(text: str) -> list[str]:
    """Return the lines to be typed, without their remarks."""
    lines = (line.split("  #")[0].split(" # ")[0] for line in text.splitlines())
    return [line.strip() for line in lines if line.startswith("    ") and line.strip()]


def links(text: str) -> set[str]:
    """Return what is linked in the folder."""
    return {link for link in re.findall(r"\]\(([^)]*)\)", text) if "://" not in link}


def test_each_links_the_other_at_its_top() -> None:
    assert "README.zh-CN.md" in links(TEXTS["README.md"][:100])
    assert "README.md" in links(TEXTS["README.zh-CN.md"][:100])


def test_both_name_the_same_commands() -> None:
    english, chinese = map(commands, TEXTS.values())
    assert english == chinese
    assert len(english) > 15
    in_line = [
        re.findall(r"`((?:python3 run\.py|chainstep|pip|pipx|uv)[^`]*)`", text)
        for text in TEXTS.values()
    ]
    assert sorted(in_line[0]) == sorted(in_line[1])


def test_both_have_the_same_parts() -> None:
    parts = [(text.count("\n## "), text.count("\n| "), text.count("![")) for text in TEXTS.values()]
    assert parts[0] == parts[1]
    numbers = [sorted(set(re.findall(r"\d+\.?\d*", text))) for text in TEXTS.values()]
    assert set(numbers[0]) ^ set(numbers[1]) <= {"12", "1"}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_linked_is_there(name: str) -> None:
    assert all((ROOT / link).exists() for link in links(TEXTS[name]))


def test_chinese_has_its_own_punctuation() -> None:
    prose = re.sub(
        r"`[^`]*`|\]\([^)]*\)|^    .*$", "", TEXTS["README.zh-CN.md"], flags=re.MULTILINE
    )
    han = "\u4e00-\u9fff"
    assert not re.findall(f".{{5}}[{han}][,;:.!?].{{3}}|[{han}]\\([^\n]{{5}}", prose)
    assert len(CHINESE.findall(prose)) > 1000
