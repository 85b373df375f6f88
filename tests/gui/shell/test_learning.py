"""What the user does with what was learned: kept, shown, handed in, forgotten."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from engine.teaching.lesson import Explain, Lesson, Text
from engine.teaching.outcome import Outcome
from engine.teaching.progress import Box, Missed, Progress, Topic
from engine.teaching.progress_file import progress_from
from gui.language import languages
from gui.shell.app import Chainstep
from gui.shell.learning import Learning
from gui.state import Look
from gui.state.session import Session
from tests.gui.screen import entry, popups, press, settle, write

TODAY = date(2026, 3, 2)
STEPS = tuple(Explain(number=number, text=Text((("en", f"Why {number}?"),))) for number in (1, 2))
LESSON = Lesson(name="one", title=Text((("en", "Forward"),)), steps=STEPS)


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    assert qapp is not None
    session = Session(Look(language="en"))
    yield session
    session.close()


def opened(session: Session, folder: Path | None) -> Learning:
    learning = Learning(session, folder, session)
    learning.today = lambda: TODAY
    return learning


def test_what_was_reached_is_there_at_the_next_start(session: Session, tmp_path: Path) -> None:
    first = opened(session, tmp_path / "data")
    first.ended(LESSON, 1, Outcome.ALONE)
    first.ended(LESSON, 2, Outcome.SHOWN, ("in_place",))
    again = opened(session, tmp_path / "data")
    assert again.progress == first.progress
    assert len(again.progress.steps) == 2
    assert session.state.notice is None


def test_without_a_folder_it_lasts_as_long_as_the_window(session: Session) -> None:
    learning, told = opened(session, None), []
    learning.changed.connect(lambda: told.append(1))
    learning.ended(LESSON, 1, Outcome.ALONE)
    assert len(learning.progress.steps) == 1
    learning.reset()
    assert learning.progress == Progress()
    assert told == [1, 1]


def test_a_damaged_file_is_told_in_the_status_line(session: Session, tmp_path: Path) -> None:
    (tmp_path / "progress.json").write_text("{", "utf-8")
    assert opened(session, tmp_path).progress == Progress()
    assert session.state.notice is not None
    assert "progress-damaged-1.json" in str(session.state.notice)


def test_a_review_asks_for_what_is_due_in_every_language(session: Session) -> None:
    learning = opened(session, None)
    assert learning.review() is None
    topics = [Topic("slip", "own_output"), Topic("phase", "update"), Topic("phase", "loss")]
    learning.put(*(Missed(topic, TODAY - timedelta(days=1)) for topic in topics))
    assert set(learning.due()) == set(topics)
    review = learning.review()
    assert review is not None
    assert set(review.topics) == set(topics)
    assert [review.lesson.title.of(code) for code in ("es", "zh_CN")] == ["Repaso", "复习"]
    for step, topic in zip(review.lesson.steps, review.topics, strict=True):
        assert set(step.text.languages) == set(languages())
        assert ("new w" in step.text.of("en")) == (topic.name == "update")
    for number in range(1, 4):
        learning.ended(review, number, Outcome.ALONE)
    assert learning.due() == ()
    assert learning.review() is None


@popups
def test_results_are_saved_as_a_page(
    program: Chainstep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    learning = program.parts.learning
    learning.lessons = lambda: (LESSON,)
    learning.today = lambda: TODAY
    learning.ended(LESSON, 2, Outcome.HELPED)
    asked: list[str] = []

    def choose(_parent: object, _title: str, start: str, _filters: str) -> tuple[str, str]:
        asked.append(Path(start).name)
        return str(tmp_path / "mine.html"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    entry(program, "Save my results…").trigger()
    assert asked == ["Chainstep results 2026-03-02.html"]
    page = (tmp_path / "mine.html").read_text("utf-8")
    assert "◐ with help" in page
    assert "Forward" in page


def answered(program: Chainstep, words: str) -> str:
    entry(program, "Reset progress…").trigger()
    settle()
    box = program.window.findChild(QMessageBox, "reset progress")
    assert box is not None
    assert box.defaultButton().text() == "Keep"
    question = box.text()
    next(button for button in box.buttons() if button.text() == words).click()
    settle()
    return question


@popups
def test_reset_asks_first(program: Chainstep) -> None:
    learning = program.parts.learning
    learning.ended(LESSON, 1, Outcome.ALONE)
    assert answered(program, "Keep") == "Forget what you have reached in all lessons?"
    assert len(learning.progress.steps) == 1
    answered(program, "Forget everything")
    assert learning.progress == Progress()


def test_two_windows_know_of_each_other(session: Session, tmp_path: Path) -> None:
    one, two = opened(session, tmp_path), opened(session, tmp_path)
    assert one.progress == two.progress == Progress()
    one.ended(LESSON, 1, Outcome.ALONE)
    two.ended(LESSON, 2, Outcome.ALONE)
    one.look_again()
    assert one.progress == two.progress
    one.reset()
    two.look_again()
    assert two.progress == Progress() == progress_from((tmp_path / "progress.json").read_text())


def test_what_is_shown_in_a_practice_comes_again_until_it_is_found(program: Chainstep) -> None:
    learning = program.parts.learning
    learning.today = lambda: TODAY
    program.session.seek(4)
    press(program, "Ctrl+T", "Right", "Right", "Right")
    topic = Topic("phase", "seed")
    assert learning.progress.boxes[topic] == Box(0, TODAY)
    assert program.session.state.index == 5
    learning.today = lambda: TODAY + timedelta(days=1)
    assert learning.due() == (topic,)
    press(program, "Left", "Right")
    write(
        program,
        str(
            program.session.state.run.experiment.output(
                program.session.state.run.experiment.theta, 1.0
            )
            + 1.0
        ),
    )
    press(program, "Return")
    assert learning.progress.boxes[topic] == Box(1, TODAY + timedelta(days=1))
    assert learning.due() == ()


def test_a_slip_in_a_practice_comes_again(program: Chainstep) -> None:
    learning = program.parts.learning
    learning.today = lambda: TODAY
    program.session.seek(4)
    press(program, "Ctrl+T", "Right")
    state = program.session.state
    output = state.run.experiment.output(state.run.experiment.theta, 1.0)
    write(program, str(-1.0 - output))  # ê − e instead of e − ê
    press(program, "Return")
    assert learning.progress.boxes == {Topic("slip", "target_minus_output"): Box(0, TODAY)}
