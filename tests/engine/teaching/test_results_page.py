"""engine.teaching.results_page: a page to hand in, whole in itself, that says what was reached."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from engine.teaching.lesson import Explain, Lesson, Page, Point, Text
from engine.teaching.outcome import Outcome
from engine.teaching.progress import Done, Missed, Progress, Topic, after
from engine.teaching.results_page import results_page
from engine.teaching.reviews import keys_of
from engine.words import Say
from gui.language import languages, speech

TODAY = date(2026, 3, 2)
STEPS = tuple(
    kind(number=number, text=Text((("en", f"<b>{number}</b>"),)))
    for number, kind in enumerate((Page, Point, Explain, Point), start=1)
)
LESSON = Lesson(
    name="one", title=Text((("en", "Forward & <back>"), ("zh_CN", "前向"))), steps=STEPS
)
OTHER = Lesson(name="two", title=Text((("en", "Never begun"),)), steps=STEPS)
FORMER = replace(LESSON, steps=(Point(text=Text((("en", "as it was before"),))),))
PROGRESS = after(
    Progress(),
    Done(keys_of(LESSON)[1], Outcome.ALONE, TODAY, ("in_place",)),
    Done(keys_of(LESSON)[2], Outcome.SHOWN, TODAY, phase="pass_on"),
    Done(keys_of(FORMER)[0], Outcome.SHOWN, TODAY),
    Missed(Topic("phase", "unheard_of"), TODAY),
)


class Cells(HTMLParser):
    """Reads the rows of all tables; complains of tags that are not closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.asked: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.asked += [name for name, _ in attrs if name in ("src", "href", "action", "data")]
        if tag not in ("meta", "br"):
            self._open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("td", "th"):
            self.rows[-1][-1] += data


def page(progress: Progress = PROGRESS, language: str = "en") -> str:
    say = speech(language) if language != "en" else Say()
    return results_page(progress, (LESSON, OTHER), TODAY, str.upper, say, language)


def test_it_tells_every_step_that_can_be_answered() -> None:
    rows = Cells(page()).rows
    assert ["Forward & <back>", "2 of 3", "1", "0", "1"] in rows
    assert ["2", "point at", "✓ alone", "IN_PLACE", "2026-03-02"] in rows
    assert ["3", "explain", "○ shown", "", "2026-03-02"] in rows
    assert ["4", "point at", "–", "", ""] in rows
    assert ["IN_PLACE", "2026-03-03", "1 of 4"] in rows
    assert ["passing back", "2026-03-03", "1 of 4"] in rows
    assert "Never begun" not in page()
    assert not any(row[0] == "1" and len(row) == 5 for row in rows), "nobody can answer a page"


def test_it_asks_for_nothing_and_runs_nothing() -> None:
    found = page()
    assert Cells(found).asked == []
    assert "<script" not in found
    assert not re.search(r"https?:|url\(|@import", found)
    assert "default-src 'none'" in found
    assert "<b>" not in found


def test_nothing_begun_is_said() -> None:
    found = page(Progress())
    assert "No lesson was begun yet." in found
    assert Cells(found).rows == []


@pytest.mark.parametrize("language", languages())
def test_it_is_in_the_language_of_the_user(language: str) -> None:
    found = page(language=language)
    assert f'lang="{language.replace("_", "-")}"' in found
    assert "前向" in found if language == "zh_CN" else "Forward &amp; &lt;back&gt;" in found
    if language != "en":
        said = speech(language)
        assert said("My results with Chainstep") in found
        for english in ("My results", "As of", "passing back", "What comes", "alone", "explain"):
            assert f">{english}" not in found
            assert f"{english}<" not in found
    assert found.encode().decode() == found
