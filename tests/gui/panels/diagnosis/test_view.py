"""The diagnosis panel: what it shows of each state, and what its controls wish."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from engine import Experiment, random_weights
from engine.moment import length
from gui import theme
from gui.panels.diagnosis.view import DiagnosisView
from gui.shell.app import Chainstep
from gui.state import State
from gui.state.intents import DropRun, Intent, KeepRun, Seek, Show
from gui.widgets.button import Button
from tests.gui import examples
from tests.gui.screen import button, click, enter, image, press, settle

TIED = Experiment(weights=(0.2333,) * 3, epochs=1000)
RESTLESS = Experiment(learning_rate=0.67)
LONG = Experiment(weights=random_weights(64, 1), epochs=2)
PICTURES = ["light", "dark", "projector"]


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[DiagnosisView]:
    """The panel alone, in a window without a layout, as an isolated widget is."""
    theme.apply(qapp, theme.THEMES["light"])
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(340, 700)
    yield made(window)
    window.close()


def made(window: QWidget) -> DiagnosisView:
    view = DiagnosisView(window)
    view.resize(window.size())
    view.present(examples.state(Experiment()))
    window.show()
    view.show()
    settle()
    return view


def show(view: DiagnosisView, experiment: Experiment, index: int = 0, **look: object) -> State:
    state = examples.state(experiment, index, **look)
    view.present(state)
    settle()
    return state


def texts(view: QWidget) -> list[str]:
    """Return every text that can be seen, with ordinary spaces."""
    labels = [label for label in view.findChildren(QLabel) if label.isVisible()]
    return [label.text().replace("\u00a0", " ").replace("\u2060", "") for label in labels]


def said(view: QWidget) -> str:
    return "\n".join(texts(view))


def pressed(view: DiagnosisView, name: str) -> Button:
    found = view.findChild(Button, name)
    assert found is not None
    return found


def diagram(view: DiagnosisView):  # type: ignore[no-untyped-def] # noqa: ANN201
    found = view.findChild(QWidget, "plot extra")
    assert found is not None
    return found


def scroll(view: DiagnosisView) -> QScrollArea:
    found = view.findChild(QScrollArea)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("experiment", "words"),
    [
        (Experiment(), "Converged at epoch 191"),
        (TIED, "Sign cannot change: w₁, w₂, w₃ are equally small (0.2333)"),
        (RESTLESS, "Oscillating: curvature 2.9948, edge 2/α = 2.9851"),
        (Experiment(epochs=0), "Not trained: 0 epochs"),
        (examples.DIVERGING, "Diverged at epoch 2, sample 2"),
        (LONG, "Vanishing with depth: × 0.17652 per layer"),
    ],
)
def test_the_findings_of_the_run(view: DiagnosisView, experiment: Experiment, words: str) -> None:
    show(view, experiment)
    assert words in texts(view)


def test_nothing_stays_of_what_was_shown_before(view: DiagnosisView) -> None:
    show(view, Experiment(algorithm="in_place"), 8, extra="curvature")
    show(view, LONG, 8)
    show(view, Experiment(activation="tanh"), 0)
    before = texts(view)
    other = made(view.window())
    show(other, Experiment(activation="tanh"), 0)
    assert texts(other) == before
    show(view, Experiment(activation="tanh"), 0)
    assert texts(view) == before


def test_the_place_changes_the_facts(view: DiagnosisView) -> None:
    show(view, Experiment(), 0)
    at_start = said(view)
    assert "0.029142" in at_start
    assert "Curvature 0.032503" in at_start
    show(view, Experiment(), length(examples.run(Experiment())))
    assert "0.029142" not in said(view)
    assert "Curvature 3.0137" in said(view)


def test_the_curve_is_chosen_by_the_keyboard_and_by_the_mouse(
    view: DiagnosisView, qtbot: QtBot
) -> None:
    assert not diagram(view).isVisible()
    chosen: list[Intent] = []
    view.wished.connect(chosen.append)
    curvature = pressed(view, "tab curvature")
    curvature.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(curvature, Qt.Key.Key_Return)
    click(pressed(view, "tab invariants"))
    click(pressed(view, "tab none"))
    assert chosen == [Show({"extra": name}) for name in ("curvature", "invariants", "")]
    show(view, RESTLESS, 0, extra="curvature")
    assert diagram(view).isVisible()
    assert pressed(view, "tab curvature").isChecked()
    assert diagram(view).accessibleName() == "curvature"
    show(view, RESTLESS, 0)
    assert not diagram(view).isVisible()


def test_a_click_on_the_curve_goes_there(view: DiagnosisView) -> None:
    state = show(view, Experiment(), 0, extra="curvature")
    scroll(view).ensureWidgetVisible(diagram(view))
    settle()
    sought: list[Intent] = []
    view.wished.connect(sought.append)
    plot = diagram(view)
    box = plot.view
    scene = box.mapViewToScene(QPointF(120, 20))
    QTest.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=plot.mapFromScene(scene))
    settle()
    assert isinstance(sought[-1], Seek)
    epoch = sought[-1].index / state.per_epoch
    assert abs(epoch - 120) < 240 / box.width() * 1.5


def test_the_cursor_stands_at_the_present_place(view: DiagnosisView) -> None:
    state = show(view, Experiment(), 1300, extra="invariants")
    assert diagram(view).epoch == 1300 / state.per_epoch
    before = image(diagram(view))
    show(view, Experiment(), 3000, extra="invariants")
    assert image(diagram(view)) != before


def test_keeping_and_dropping(view: DiagnosisView) -> None:
    wishes: list[Intent] = []
    view.wished.connect(wishes.append)
    assert not pressed(view, "drop run").isVisible()
    click(pressed(view, "keep run"))
    kept = replace(examples.state(RESTLESS), reference=examples.run(Experiment()))
    view.present(kept)
    settle()
    click(pressed(view, "drop run"))
    assert wishes == [KeepRun(), DropRun()]
    assert {"What differs", "Learning rate α", "0.05", "0.67", "191", "–"} <= set(texts(view))
    view.present(replace(kept, run=examples.run(Experiment())))
    assert not pressed(view, "keep run").possible


@pytest.mark.parametrize("palette", PICTURES)
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_nothing_is_wider_than_the_panel(
    qapp: QApplication, view: DiagnosisView, palette: str, language: str
) -> None:
    look = theme.THEMES[palette]
    theme.apply(qapp, look)
    view.window().resize(look.size(336), 500)
    view.resize(look.size(336), 500)
    for experiment in (TIED, RESTLESS, LONG, Experiment(algorithm="front_to_back")):
        state = examples.state(
            experiment, 8, theme=palette, language=language, extra="invariants", digits=15
        )
        view.present(replace(state, reference=examples.run(examples.DIVERGING)))
        settle()
        area = scroll(view)
        inside = area.widget()
        assert inside.minimumSizeHint().width() <= area.viewport().width()
        for label in inside.findChildren(QLabel):
            if label.isVisible() and label.text():
                corner = label.mapTo(inside, label.rect().topRight())
                assert corner.x() <= inside.width()
                room = label.heightForWidth(label.width())
                assert label.height() >= min(room, label.sizeHint().height()), label.text()
    theme.apply(qapp, theme.THEMES["light"])


def test_the_panel_scrolls_by_the_keyboard(view: DiagnosisView, qtbot: QtBot) -> None:
    view.resize(340, 300)
    show(view, LONG, 8, extra="curvature")
    area = scroll(view)
    area.setFocus(Qt.FocusReason.TabFocusReason)
    assert area.accessibleName() == "Diagnosis"
    before = image(area)
    qtbot.keyClick(area, Qt.Key.Key_PageDown)
    assert area.verticalScrollBar().value() > 0
    qtbot.keyClick(area, Qt.Key.Key_PageUp)
    assert area.verticalScrollBar().value() == 0
    area.clearFocus()
    settle()
    assert image(area) != before, "the focus is seen"


# --- in the window -------------------------------------------------------------------------


def test_the_panel_in_the_window(program: Chainstep) -> None:
    press(program, "Ctrl+5")
    view = program.window.findChild(DiagnosisView)
    assert view is not None
    assert "Converged at epoch 191" in said(view)
    click(button(program, "tab curvature"))
    assert program.session.state.look.extra == "curvature"
    assert diagram(view).isVisible()
    scroll(view).ensureWidgetVisible(button(program, "keep run"))
    settle()
    click(button(program, "keep run"))
    enter(program, "learning_rate", "0.67")
    assert "Oscillating" in said(view)
    assert "What differs" in said(view)
    press(program, "End")
    assert diagram(view).epoch == 240
    scroll(view).ensureWidgetVisible(button(program, "drop run"))
    settle()
    click(button(program, "drop run"))
    assert program.session.state.reference is None
    assert "What differs" not in said(view)
