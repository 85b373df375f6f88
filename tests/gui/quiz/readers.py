"""Small readers of the formats, independent of what writes them."""

import re
import xml.etree.ElementTree as ET
from typing import Any, NamedTuple


class Read(NamedTuple):
    """A question as it was read: its answers are (value, tolerance or fraction, feedback)."""

    kind: str
    name: str
    text: str
    right: list[tuple[str, float, str]]
    wrong: list[tuple[str, float, str]]
    hints: list[str]
    tags: list[str]
    afterwards: str = ""


def moodle(content: bytes) -> tuple[str, list[Read]]:
    """Return the category and the questions of a file for Moodle."""
    root = ET.fromstring(content)  # noqa: S314 - written just now
    assert root.tag == "quiz"
    first, *others = root
    assert first.get("type") == "category"
    return first.findtext("category/text") or "", list(map(_of_moodle, others))


def _of_moodle(question: ET.Element) -> Read:
    right, wrong = [], []
    for answer in question.findall("answer"):
        fraction = answer.get("fraction")
        assert fraction in ("0", "100"), "Moodle refuses others"
        told = (
            answer.findtext("text") or "",
            float(answer.findtext("tolerance") or 0),
            answer.findtext("feedback/text") or "",
        )
        (right if fraction == "100" else wrong).append(told)
    return Read(
        question.get("type") or "",
        question.findtext("name/text") or "",
        question.findtext("questiontext/text") or "",
        right,
        wrong,
        [hint.findtext("text") or "" for hint in question.findall("hint")],
        [tag.findtext("text") or "" for tag in question.findall("tags/tag")],
        question.findtext("graderinfo/text") or question.findtext("generalfeedback/text") or "",
    )


def gift(content: str) -> tuple[str, list[Read]]:
    """Return the category and the questions of a file in GIFT, as Moodle reads it.

    Escaped signs are hidden first, then a blank line ends a question.
    """
    hidden = re.sub(r"\\([\\~=#{}:])", lambda m: chr(0xE000 + ord(m[1])), content)
    first, *blocks = [b for b in re.split(r"\n\s*\n", hidden) if b.strip()]
    assert first.startswith("$CATEGORY: ")
    return first.removeprefix("$CATEGORY: ").strip(), list(map(_of_gift, blocks))


def _shown(text: str) -> str:
    return re.sub(r"[\uE000-\uE0FF]", lambda m: chr(ord(m[0]) - 0xE000), text).strip()


def _of_gift(block: str) -> Read:
    tags = (
        re.findall(r"\[tag:([^\]]*)\]", block.split("\n", maxsplit=1)[0])
        if block.startswith("//")
        else []
    )
    text = "\n".join(line for line in block.split("\n") if not line.startswith("//"))
    found = re.fullmatch(r"::(.*?)::\[html\](.*?)\{(.*)\}\s*", text, re.DOTALL)
    assert found, text
    name, asked, body = found.groups()
    body, _, afterwards = body.partition("####")
    right: list[tuple[str, float, str]] = []
    wrong: list[tuple[str, float, str]] = []
    kind = (
        "numerical" if body.strip().startswith("#") else "multichoice" if body.strip() else "essay"
    )
    if kind == "numerical":
        for sign, answer in re.findall(r"([=~])([^=~]*)", body.strip()[1:]):
            value, _, feedback = answer.partition("#")
            if sign == "~":
                wrong.append(("*", 0.0, _shown(feedback)))
                continue
            numbers = re.fullmatch(r"%(0|100)%(-?[\d.e+-]+):([\d.e+-]+)", value.strip())
            assert numbers, answer
            told = (numbers[2], float(numbers[3]), _shown(feedback))
            (right if numbers[1] == "100" else wrong).append(told)
    for sign, answer in re.findall(r"([=~])([^=~]*)", body) if kind == "multichoice" else ():
        chosen, _, feedback = answer.partition("#")
        (right if sign == "=" else wrong).append((_shown(chosen), 0.0, _shown(feedback)))
    return Read(kind, _shown(name), _shown(asked), right, wrong, [], tags, _shown(afterwards))


def anki(content: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Return the head and the cards of a text file for Anki."""
    lines = content.removesuffix("\n").split("\n")
    head = dict(line[1:].split(":", 1) for line in lines if line.startswith("#"))
    cards: list[Any] = [tuple(line.split("\t")) for line in lines if not line.startswith("#")]
    assert all(len(card) == 3 for card in cards)
    return head, cards
