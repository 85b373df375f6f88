"""A teacher who presses everything in the wrong order: nothing fails, and the class keeps up."""

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.user_error import Location
from gui.formula.picture import formula_picture
from gui.shell.app import Chainstep
from gui.shell.lessons.shelf import ours
from gui.shell.presenter import presentation
from tests.gui.presenter.stage import strike
from tests.gui.screen import LEFT, NONE, point_at, send, settle

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

KEYS = (
    *("F5", "PgDown", "PgUp", "C", "Shift+C", "S", "L", "V", "A", "B", "D", "Shift+B", "R", "F"),
    *("Esc", "Right", "Left", "Down", "Return", "End", "Home", "Space", "Ctrl+D", "F3", "3"),
    *("Ctrl+T", "Ctrl++", "Ctrl+0", "Ctrl+Z", "Ctrl+Shift+Z", "Shift+Right", "Alt+Up"),
    *("F5", "PgDown", "V", "A", "C", "F", "PgDown", "V", "A", "C", "F"),
)
DEEDS = ("look", "edit", "lesson", "close", "plug", "point", "click", "drag", "drop")


class Teacher:
    """Does one thing or another by chance; `screens` are those beside the window's own."""

    def __init__(self, program: Chainstep, seed: int, screens: list[QScreen]) -> None:
        self._program, self._by = program, random.Random(seed)  # noqa: S311
        self._screens, self._plugged = screens, list(screens)

    def acts(self) -> str:
        """Do something; return what."""
        if self._by.random() < 0.75:
            key = self._by.choice(KEYS)
            strike(self._program, key)
            return key
        deed = self._by.choice(DEEDS)
        self._do(deed)
        settle()
        return deed

    def _do(self, deed: str) -> None:  # noqa: C901 - a case for each deed
        program, session, choice = self._program, self._program.session, self._by.choice
        stage = program.parts.presentation.stage
        chain = program.window.chain if stage is None or self._screens else stage.chain
        place = QPoint(self._by.randrange(chain.width()), self._by.randrange(chain.height()))
        match deed:
            case "look":
                session.set_look(
                    language=choice(["en", "zh_CN", "es"]),
                    theme=choice(["light", "dark", "projector"]),
                )
            case "edit":
                field, values = choice(
                    [
                        ("layers", [1, 3, 12]),
                        ("activation", ["identity", "tanh"]),
                        ("learning_rate", [0.05, 40.0]),
                    ]
                )
                session.change(Location(field), choice(values))
            case "lesson" if session.state.lesson is None:
                lesson = choice(ours()).lesson
                program.parts.lessons.open(lesson, place=self._by.randrange(len(lesson.steps)))
            case "lesson":
                program.parts.lessons._close()
            case "close" if stage is not None:
                stage.close()
            case "plug":
                self._screens[:] = [] if self._screens else self._plugged
                program.parts.presentation._match_screens()
            case "point":
                point_at(chain, place)
            case "click":
                QTest.mouseClick(chain, LEFT, NONE, place)
            case "drag":
                QTest.mousePress(chain, LEFT, NONE, place)
                for by in (10, 20):
                    send(chain, QEvent.Type.MouseMove, place + QPoint(by, 0), LEFT)
            case "drop":
                QTest.mouseRelease(chain, LEFT, NONE, place)


def seen(program: Chainstep) -> object:
    """Return what the class sees."""
    stage = program.parts.presentation.stage
    assert stage is not None
    assert stage.chain.shown is not None
    place = stage.chain.shown.run.experiment, stage.chain.shown.index
    return place, stage.formula.sentence, stage.board.picture, stage.chain._picture


def contradictions(program: Chainstep, before: object) -> Iterator[str]:
    """Yield what is not as it should be; `before` is what the class saw before this deed."""
    state, stage = program.session.state, program.parts.presentation.stage
    presenter = state.presenter
    if (stage is not None) != (presenter is not None and not presenter.away):
        yield "the class sees a picture without a presentation, or none in one"
    told = formula_picture(state).sentence
    if (presenter is None or not presenter.fills) and told != program.window.formula.sentence:
        yield f"{told!r}, but the teacher reads {program.window.formula.sentence!r}"
    if stage is None or presenter is None:
        return
    if presenter.frozen:
        if before is not None and seen(program) != before:
            yield "the frozen picture changes"
        return
    shown = stage.chain.shown
    if shown is None or (shown.run, shown.index) != (state.run, state.index):
        yield "the class sees another moment"
    if told != stage.formula.sentence:
        yield f"{told!r}, but the class reads {stage.formula.sentence!r}"
    if shown is not None and shown.look.locale != state.look.locale:
        yield "the class reads another language"


@pytest.mark.parametrize(("seed", "screens"), [(1, 0), (2, 1)])
def test_nothing_fails_and_the_class_sees_the_teachers_moment(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch, seed: int, screens: int
) -> None:
    there = [QGuiApplication.primaryScreen()] * screens
    monkeypatch.setattr(presentation, "other_screen", lambda _window: there[0] if there else None)
    teacher, done = Teacher(program, seed, there), [""]
    strike(program, "F5", "F")
    for _ in range(40):
        before = None
        presenter = program.session.state.presenter
        if presenter is not None and presenter.frozen and not presenter.away:
            before = seen(program)
        done.append(teacher.acts())
        popup = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if popup is not None:
            popup.close()
        assert not list(contradictions(program, before)), f"after {done}"
