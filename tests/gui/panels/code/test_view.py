"""The code panel by itself: what is marked, what is seen, and how large."""

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import Experiment, random_weights
from engine.algorithms import ALGORITHMS
from engine.programs import FORMS, program
from gui import theme
from gui.panels.code.picture import code_picture
from gui.panels.code.view import CodeView
from gui.theme import THEMES
from tests.gui import examples
from tests.gui.panels.code.screen import lines_painted, text_of
from tests.gui.screen import popups, settle

pytestmark = popups  # a panel by itself is a window, whose least size no platform is told
LONG = Experiment(random_weights(64, 1), epochs=2)


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> CodeView:
    """A panel by itself, as narrow as it may be."""
    theme.apply(qapp, THEMES["light"])
    view = CodeView()
    qtbot.addWidget(view)
    view.resize(336, 400)
    view.show()
    return view


@pytest.mark.parametrize("form", FORMS)
def test_every_step_is_marked_and_in_view(view: CodeView, form: str) -> None:
    for algorithm in ("backprop", "in_place", "front_to_back"):
        for biased in (False, True):
            experiment = examples.experiment(3, "tanh", algorithm, biased=biased)
            for index in (*range(examples.steps(experiment) + 1), 5, 12, 2):
                state = examples.state(experiment, index, form=form)
                view.present(state)
                assert lines_painted(text_of(view), state) == code_picture(state).marked


@pytest.mark.parametrize("palette", THEMES)
@pytest.mark.parametrize("form", FORMS)
def test_no_line_is_broken_at_the_narrowest(
    view: CodeView, qapp: QApplication, form: str, palette: str
) -> None:
    theme.apply(qapp, THEMES[palette])
    view.resize(THEMES[palette].size(336), 400)
    for algorithm in ALGORITHMS:
        experiment = Experiment(activation="sigmoid", algorithm=algorithm)
        view.present(examples.state(experiment, 3, form=form, theme=palette))
        shown = text_of(view)
        block = shown.document().firstBlock()
        while block.isValid():
            assert block.layout().lineCount() == 1, block.text()
            block = block.next()
        assert shown.horizontalScrollBar().maximum() == 0
    theme.apply(qapp, THEMES["light"])


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("palette", THEMES)
def test_nothing_needs_more_than_the_narrowest_width(
    view: CodeView, qapp: QApplication, palette: str, language: str
) -> None:
    theme.apply(qapp, THEMES[palette])
    state = examples.state(LONG, 257 - 50, theme=palette, language=language)
    view.present(state)
    settle()
    assert view.minimumSizeHint().width() <= THEMES[palette].size(336)
    theme.apply(qapp, THEMES["light"])


@pytest.mark.parametrize("palette", THEMES)
def test_the_type_is_not_small_at_the_ordinary_width(
    view: CodeView, qapp: QApplication, palette: str
) -> None:
    theme.apply(qapp, THEMES[palette])
    view.resize(THEMES[palette].size(346), 400)
    view.present(examples.state(Experiment(), 3, theme=palette))
    assert text_of(view).font().pixelSize() >= THEMES[palette].size(11)
    theme.apply(qapp, THEMES["light"])


def test_the_type_grows_with_the_width(view: CodeView) -> None:
    view.present(examples.state(Experiment(), 3))
    narrow = text_of(view).font().pixelSize()
    view.resize(520, 400)
    settle()
    assert text_of(view).font().pixelSize() > narrow


def test_a_step_keeps_the_selection_and_another_program_replaces_it(view: CodeView) -> None:
    view.present(examples.state(Experiment(), 3))
    shown = text_of(view)
    cursor = shown.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
    shown.setTextCursor(cursor)
    view.present(examples.state(Experiment(), 4))
    assert shown.textCursor().selectedText().startswith('"""Train a chain')
    view.present(examples.state(Experiment(epochs=7), 4))
    assert shown.toPlainText() + "\n" == program(Experiment(epochs=7), "loop").text


def test_before_the_first_step_the_algorithm_is_seen_and_nothing_marked(view: CodeView) -> None:
    state = examples.state(LONG)
    view.present(state)
    seen = [number for number, (top, _) in text_of(view).lines_seen() if top >= 0]
    assert abs(seen[0] - code_picture(state).listing.core.start) <= 1
    assert lines_painted(text_of(view), state) == ()


def test_a_panel_that_was_small_shows_as_much_as_before(view: CodeView) -> None:
    view.resize(336, 700)
    view.present(examples.state(Experiment(), 5, form="framework"))
    settle()
    before = text_of(view).verticalScrollBar().value()
    view.resize(336, 200)
    settle()
    assert text_of(view).verticalScrollBar().value() != before
    view.resize(336, 700)
    settle()
    assert text_of(view).verticalScrollBar().value() == before


def test_the_whole_algorithm_is_seen_where_it_fits(view: CodeView) -> None:
    view.resize(336, 800)
    for index in (13, 2, 8, 12, 1):
        state = examples.state(Experiment(activation="tanh"), index)
        view.present(state)
        settle()
        core = code_picture(state).listing.core
        places = dict(text_of(view).lines_seen())
        first, (last, height) = places[core.start], places[core.stop - 1]
        assert first[0] >= 0
        assert last + height <= text_of(view).viewport().height()


def test_what_is_marked_can_be_heard(view: CodeView) -> None:
    view.present(examples.state(Experiment(), 6, form="unrolled"))
    assert text_of(view).accessibleDescription().endswith("g3 = upstream * z")
    assert text_of(view).accessibleName() == "The program"
