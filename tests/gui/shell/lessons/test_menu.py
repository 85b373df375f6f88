"""The list of lessons: those of Chainstep, and the user's own from their folder."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtWidgets import QMenu

from engine.teaching.shelf import own_folder, template
from gui.shell.learning import Learning
from gui.shell.lessons.menu import LessonMenu
from gui.state import Look
from gui.state.session import Session


@pytest.fixture
def session(qapp: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Session]:
    assert qapp is not None
    for name in ("XDG_DATA_HOME", "APPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    session = Session(Look(language="zh_CN"))
    yield session
    session.close()


def listed(session: Session, *, own: bool) -> list[str]:
    menu, lessons = QMenu(), SimpleNamespace(review=lambda: None)
    anything: Any = lessons
    kept = LessonMenu(
        menu, session, Learning(session, None, session), anything, lambda _: None, own=own
    )
    menu.aboutToShow.emit()
    assert kept is not None
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_own_lessons_stand_below_those_of_chainstep_with_their_folder(session: Session) -> None:
    own_folder().mkdir(parents=True)
    own_folder().joinpath("mine.toml").write_text(template("mine"), "utf-8")
    own_folder().joinpath("broken.toml").write_text("broken", "utf-8")
    found = listed(session, own=True)
    assert found[2].startswith("3 · 公共导数\t")
    assert [text.split("\t")[0] for text in found[12:]] == ["我的一课", "我的课程文件夹"]
    assert len(listed(session, own=False)) == 12
