"""What stands beside the code to be read: each page links its other language, and says the same."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CHINESE = re.compile("[\u4e00-\u9fff]")
PAIRS = [
    ("README.md", "README.zh-CN.md"),
    ("docs/using.md", "docs/using.zh-CN.md"),
    ("docs/teaching.md", "docs/teaching.zh-CN.md"),
]
TEXTS = {name: (ROOT / name).read_text("utf-8") for pair in PAIRS for name in pair}
pairs = pytest.mark.parametrize("pair", PAIRS, ids=[english for english, _ in PAIRS])


def commands(text: str) -> list[str]:
    """Return the lines to be typed, without their remarks."""
    lines = (line.split("  #")[0].split(" # ")[0] for line in text.splitlines())
    return [line.strip() for line in lines if line.startswith("    ") and line.strip()]


def links(text: str) -> list[str]:
    """Return what is linked in the folder, pictures too."""
    return [link for link in re.findall(r"\]\(([^)]*)\)", text) if "://" not in link]


def english(link: str) -> str:
    """Return the name of the same thing in English."""
    return link.replace(".zh-CN.", ".")


@pairs
def test_each_links_the_other_at_its_top(pair: tuple[str, str]) -> None:
    for name, other in (pair, pair[::-1]):
        assert links(TEXTS[name])[0] == Path(other).name


def test_both_readmes_name_the_same_commands() -> None:
    readmes = [TEXTS[name] for name in PAIRS[0]]
    english, chinese = map(commands, readmes)
    assert english == chinese
    assert len(english) > 15
    in_line = [
        re.findall(r"`((?:python3 run\.py|chainstep|pip|pipx|uv)[^`]*)`", text) for text in readmes
    ]
    assert sorted(in_line[0]) == sorted(in_line[1])


@pairs
def test_both_have_the_same_parts(pair: tuple[str, str]) -> None:
    parts = [(TEXTS[name].count("\n## "), TEXTS[name].count("\n| ")) for name in pair]
    assert parts[0] == parts[1]
    linked = [sorted(map(english, links(TEXTS[name])[1:])) for name in pair]
    assert linked[0] == linked[1]
    keys = [set(re.findall(r"(?:Ctrl|Alt|Shift)\+\w+|\bF\d+", TEXTS[name])) for name in pair]
    assert keys[0] == keys[1]


def test_both_readmes_have_the_same_numbers() -> None:
    numbers = [sorted(set(re.findall(r"\d+\.?\d*", TEXTS[name]))) for name in PAIRS[0]]
    assert set(numbers[0]) ^ set(numbers[1]) <= {"12", "1"}


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_linked_is_there(name: str) -> None:
    folder = (ROOT / name).parent
    assert all((folder / link).exists() for link in links(TEXTS[name]))


@pytest.mark.parametrize("name", [chinese for _, chinese in PAIRS])
def test_chinese_has_its_own_punctuation(name: str) -> None:
    prose = re.sub(r"`[^`]*`|\]\([^)]*\)|^    .*$", "", TEXTS[name], flags=re.MULTILINE)
    han = "\u4e00-\u9fff"
    assert not re.findall(f".{{5}}[{han}][,;:.!?].{{3}}|[{han}]\\([^\n]{{5}}", prose)
    assert len(CHINESE.findall(prose)) > 1000
