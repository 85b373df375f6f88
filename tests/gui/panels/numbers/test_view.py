"""The panel of numbers, by mouse and keyboard: two tables that sort, copy, lead on, export."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QProgressBar, QProgressDialog, QWidget
from pytestqt.qtbot import QtBot

from engine import Experiment, Sample, random_weights
from engine.chain import Learner
from engine.history import csv_rows
from engine.moment import length
from engine.quantities import Quantity
from engine.words import Say
from gui.drawing.grid import Cell, number_cell
from gui.language.numbers import POINT, rounded
from gui.panels.numbers.picture.history import HistoryTable
from gui.panels.numbers.view import NumbersView
from gui.shell.app import Chainstep
from gui.shell.files import progress
from gui.state import Look, State
from gui.theme import THEMES
from gui.widgets.table import Table
from gui.widgets.table import cells as table_cells
from gui.widgets.table.cells import cell_font, fitted
from tests.gui.examples import DIVERGING, experiment, run
from tests.gui.panels.numbers.test_picture import EVERY, long_run
from tests.gui.screen import (
    LEFT,
    button,
    click,
    double_click,
    hover,
    notice,
    numbers_in_place,
    point_at,
    popups,
    press,
    settle,
    show_experiment,
)


@pytest.fixture
def look() -> Look:
    return Look(language="en", theme="light", movement=False, panel="numbers")


def table(program: Chainstep, name: str = "sample") -> Table:
    found = program.window.findChild(Table, f"{name} table")
    assert found is not None
    return found


def column(of: Table, head: str) -> int:
    model = of.model()
    for place in range(model.columnCount()):
        if model.headerData(place, Qt.Orientation.Horizontal).rstrip("↑↓") == head:
            return place
    raise AssertionError(head)


def texts(of: Table, head: str) -> list[str]:
    place, model = column(of, head), of.model()
    return [model.index(row, place).data() for row in range(model.rowCount())]


def value(of: Table, name: str) -> str:
    return texts(of, "Value")[texts(of, "Name").index(name)]


def cell(of: Table, row: int, head: str) -> QPoint:
    """Return where the middle of a cell is, which must be in sight."""
    where = of.visualRect(of.model().index(row, column(of, head)))
    assert of.viewport().rect().contains(where.center())
    return where.center()


def click_head(of: Table, head: str) -> None:
    heads = of.horizontalHeader()
    place = column(of, head)
    x = heads.sectionViewportPosition(place) + heads.sectionSize(place) // 2
    click(heads.viewport(), QPoint(x, heads.height() // 2))


def in_sight(of: Table) -> range:
    """Return the rows that are seen whole."""
    last = of.rowAt(of.viewport().height() - of.rowHeight(0))
    return range(of.rowAt(0), (last if last >= 0 else of.model().rowCount() - 1) + 1)


def row_head(of: Table, row: int) -> str:
    return of.model().headerData(row, Qt.Orientation.Vertical)


def clipboard() -> str:
    return QApplication.clipboard().text()


# --- this sample ---------------------------------------------------------------------------


def test_every_step_fills_its_row_and_a_step_back_empties_it(program: Chainstep) -> None:
    of = table(program)
    assert value(of, "w₁") == "0.23330"
    assert value(of, "y") == ""
    press(program, *["Right"] * 5)
    assert value(of, "∂L/∂e") == "1.0283"
    press(program, "Left")
    assert value(of, "∂L/∂e") == ""
    press(program, "Shift+Right")
    assert value(of, "new w₁") == "0.22705"
    press(program, "Right")
    assert value(of, "new w₁") == ""
    assert value(of, "w₁") == "0.22705"


def test_a_click_on_a_head_sorts_and_stepping_keeps_it_sorted(program: Chainstep) -> None:
    of = table(program)
    press(program, "Shift+Right")
    as_computed = texts(of, "Name")
    click_head(of, "Value")
    assert texts(of, "Name")[0] == "ê"
    press(program, *["Right"] * 9)
    known = [text for text in texts(of, "Value") if text]
    assert known == sorted(known, key=lambda text: float(text.replace("−", "-")))
    click_head(of, "Value")
    assert [text for text in texts(of, "Value") if text] == known[::-1]
    click_head(of, "Value")
    assert texts(of, "Name") == as_computed


def test_by_the_keyboard_alone(program: Chainstep) -> None:
    of = table(program)
    press(program, *["Right"] * 13)
    program.window.setFocus()
    for _ in range(200):
        press(program, "Tab")
        if of.hasFocus():
            break
    assert of.hasFocus()
    press(program, "Down", "Down", "Ctrl+C")
    assert clipboard() == "0.2333"
    press(program, "Shift+Down", "Ctrl+C")
    assert clipboard() == "Value\n0.2333\n-0.233"
    press(program, "Alt+Left", "Alt+Left", "Ctrl+C")
    assert clipboard() == "weight"
    press(program, "Alt+Right", "Alt+Right", "Alt+Up")
    assert texts(of, "Name")[0] == "ê"
    press(program, "Ctrl+C")
    assert clipboard() == "-0.233", "the selection goes where its row goes"
    press(program, "Alt+Down")
    assert texts(of, "Name")[-1] == "ê"
    press(program, "Alt+Down")
    assert texts(of, "Name")[0] == "x"
    press(program, "Ctrl+A", "Ctrl+C")
    assert len(clipboard().split("\n")) == 20
    press(program, "Shift+Tab")
    assert not of.hasFocus()


def test_the_keys_of_the_transport_work_in_a_table(program: Chainstep) -> None:
    of = table(program)
    click(of.viewport(), cell(of, 3, "Value"))
    here = of.currentIndex()
    assert of.hasFocus()
    for key, expected in (
        ("Right", (1, 1, 1)),
        ("Shift+Right", (1, 1, 13)),
        ("Ctrl+Right", (1, 2, 13)),
        ("Left", (1, 2, 12)),
        ("Home", (1, 1, 0)),
        ("Home", (1, 1, 0)),
        ("Left", (1, 1, 0)),
        ("End", (240, 2, 13)),
        ("Right", (240, 2, 13)),
    ):
        press(program, key)
        assert numbers_in_place(program) == expected
        assert of.currentIndex() == here
    press(program, "Home", "Space")
    assert program.session.state.playing
    press(program, "Space")
    assert not program.session.state.playing


def test_a_letter_does_nothing(program: Chainstep) -> None:
    of = table(program)
    click(of.viewport(), cell(of, 3, "Value"))
    press(program, "1")
    assert of.currentIndex().row() == 3


def test_copy_outside_of_the_table_is_still_the_windows(program: Chainstep) -> None:
    press(program, "Right")
    program.window.setFocus()
    press(program, "Ctrl+C")
    assert clipboard().startswith("y = ")


def test_enter_and_a_double_click_go_to_the_step_that_computes_it(program: Chainstep) -> None:
    of = table(program)
    press(program, *["Shift+Right"] * 3, "Right")
    names = texts(of, "Name")
    double_click(of.viewport(), cell(of, names.index("∂L/∂z"), "Value"))
    settle()
    assert numbers_in_place(program) == (2, 2, 7)
    press(program, "Down", "Enter")
    assert numbers_in_place(program) == (2, 2, 8)
    double_click(of.viewport(), cell(of, names.index("x"), "Value"))
    settle()
    assert numbers_in_place(program) == (2, 2, 8)


def test_pointing_at_a_row_lights_its_number_up(program: Chainstep) -> None:
    of = table(program)
    press(program, *["Right"] * 8)
    row = texts(of, "Name").index("∂L/∂w₂")
    point_at(of.viewport(), cell(of, row, "Name"))
    assert program.session.state.pointed == (Quantity.GRADIENT, 2)
    point_at(of.viewport(), QPoint(5, of.viewport().height() - 3))
    assert program.session.state.pointed is None


@popups
def test_the_full_value_on_hover(program: Chainstep) -> None:
    of = table(program)
    press(program, *["Right"] * 13)
    row = texts(of, "Name").index("∂L/∂w₃")
    assert hover(of.viewport(), cell(of, row, "Value")) == "∂L/∂w₃ = −0.055899372808501456"


def test_the_latest_number_is_always_in_sight(program: Chainstep, tmp_path: Path) -> None:
    long = Experiment(weights=random_weights(64, 1), activation="tanh", epochs=2)
    show_experiment(program, tmp_path, long)
    of = table(program)
    names = texts(of, "Name")
    for symbol, index in (
        ("a₁", 1),
        ("∂L/∂a₆₄", 66),
        ("∂L/∂w₁", 193),
        ("new w₁", 257),
        ("a₁", 258),
    ):
        program.session.seek(index)
        settle()
        assert names.index(symbol) in in_sight(of), symbol


def test_two_runs_are_compared(program: Chainstep) -> None:
    of = table(program)
    assert of.model().columnCount() == 4
    program.session.keep_reference()
    program.session.replace_experiment(replace(Experiment(), learning_rate=0.1))
    press(program, "Shift+Right", "Shift+Right")
    place = texts(of, "Name").index("w₃")
    assert texts(of, "Value")[place] == "−0.51574"
    assert texts(of, "Kept")[place] == "−0.51854"
    assert texts(of, "Difference")[place] == "0.0027950"
    program.session.drop_reference()
    assert of.model().columnCount() == 4


# --- the history ---------------------------------------------------------------------------


@pytest.fixture
def history(program: Chainstep) -> Table:
    click(button(program, "tab history"))
    return table(program, "history")


def test_the_present_update_is_marked_and_followed(program: Chainstep, history: Table) -> None:
    assert history.isVisible()
    assert history.model().rowCount() == 480
    assert row_head(history, 0) == "▸ 1·1"
    press(program, *["Shift+Right"] * 40, "Right")
    assert row_head(history, 0) == "1·1"
    assert row_head(history, 40) == "▸ 21·1"
    assert 40 in in_sight(history)
    press(program, "End")
    assert 479 in in_sight(history)


def test_who_looks_elsewhere_is_left_there_within_an_update(
    program: Chainstep, history: Table
) -> None:
    press(program, "Right")
    history.verticalScrollBar().setValue(300)
    press(program, "Right")
    assert history.verticalScrollBar().value() == 300


def test_a_row_leads_to_the_end_of_its_update(program: Chainstep, history: Table) -> None:
    double_click(history.viewport(), cell(history, 5, "e"))
    settle()
    assert numbers_in_place(program) == (3, 2, 13)
    history.setFocus()
    press(program, "Down", "Down", "Enter")
    assert numbers_in_place(program) == (4, 2, 13)
    heads = history.verticalHeader().viewport()
    double_click(heads, QPoint(9, cell(history, 2, "e").y()))
    settle()
    assert numbers_in_place(program) == (2, 1, 13)


def test_more_than_can_be_copied_is_said(program: Chainstep, history: Table) -> None:
    show = long_run(1_000_000)
    program.session._set(run=show, experiment=show.experiment)
    history.setFocus()
    before = clipboard()
    press(program, "Ctrl+A", "Ctrl+C")
    assert "13000000 numbers are too many to copy" in notice(program)
    assert clipboard() == before


class Chooser:
    """Answers the dialog that asks for a file."""

    def __init__(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.suggested = ""
        self._path = path
        monkeypatch.setattr(QFileDialog, "getSaveFileName", self._answer)

    def _answer(self, _parent: object, _title: str, name: str, *_: object) -> tuple[str, str]:
        self.suggested = name
        return str(self._path), ""


@popups
def test_the_history_is_exported_as_the_command_does(
    program: Chainstep, history: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert history.isVisible()
    chooser = Chooser(tmp_path / "out", monkeypatch)
    click(button(program, "export numbers"))
    assert chooser.suggested == "The article learn e = −x, updates.csv"
    written = (tmp_path / "out.csv").read_text(encoding="utf-8")
    assert written == "".join(csv_rows(run(Experiment())))
    assert not program.window.findChildren(QProgressDialog)


@popups
def test_this_sample_is_exported_too(
    program: Chainstep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(program, *["Right"] * 4)
    Chooser(tmp_path / "sample.csv", monkeypatch)
    click(button(program, "export numbers"))
    with (tmp_path / "sample.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert lines[0] == {"kind": "input", "layer": "", "value": "1.0"}
    assert {"kind": "loss", "layer": "", "value": "0.5287404726816282"} in lines
    assert lines[-1] == {"kind": "new_weight", "layer": "1", "value": ""}


@popups
def test_a_long_export_shows_how_far_it_is_and_can_be_stopped(
    program: Chainstep, history: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert history.isVisible()
    show = long_run(20_000)
    program.session._set(run=show, experiment=show.experiment)
    Chooser(tmp_path / "long.csv", monkeypatch)
    monkeypatch.setattr(progress, "_SOON", 0)
    seen: list[int] = []

    def stop(dialog: QProgressDialog, number: int) -> None:
        set_value(dialog, number)
        bar = dialog.findChild(QProgressBar)
        assert not number or (bar.isVisible() and (bar.value(), bar.maximum()) == (number, 20_001))
        seen.append(number)
        if number > 3_000:
            dialog.cancel()

    set_value = QProgressDialog.setValue
    monkeypatch.setattr(QProgressDialog, "setValue", stop)
    click(button(program, "export numbers"))
    assert seen[0] == 0
    assert 3_000 < seen[-1] < 20_000
    assert list(tmp_path.glob("*long*")) == []
    assert not any(d.isVisible() for d in program.window.findChildren(QProgressDialog))


# --- alone, without the window around ------------------------------------------------------


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[NumbersView]:
    window = QWidget()
    qtbot.addWidget(window)
    view = NumbersView(window)
    window.resize(900, 700)
    view.resize(340, 640)
    window.show()
    yield view
    settle()


def seen(experiment: Experiment, index: int = 0, **look: object) -> State:
    return State(run(experiment), index, experiment, replace(Look(panel="numbers"), **look))  # type: ignore[arg-type]


def test_of_a_million_rows_only_those_in_sight_are_computed(
    view: NumbersView, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_million = long_run(1_000_000)
    learnt: list[float] = []
    learn = Learner.learn

    def counted(self: Learner, x: float, target: float) -> float:
        learnt.append(x)
        return learn(self, x, target)

    at = State(a_million, 0, a_million.experiment, Look(table="history"))
    monkeypatch.setattr(Learner, "learn", counted)
    of = view.findChild(Table, "history table")
    for index in (0, 6_500_000, length(a_million)):
        before = len(learnt)
        view.present(replace(at, index=index))
        settle()
        assert at.run.updates == of.model().rowCount()
        assert max(0, (index - 1) // 13) in in_sight(of)
        assert len(learnt) - before <= 200
    asked: list[int] = []
    monkeypatch.setattr(
        HistoryTable, "rows", property(lambda at: asked.append(1) or at.run.updates)
    )
    of.setFocus()
    before = len(learnt)
    QTest.keyClick(of, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    settle()
    QTest.keyClick(of, Qt.Key.Key_PageUp)
    settle()
    assert len(learnt) - before <= 200
    assert len(asked) < 10_000, "nobody goes through all rows"


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_this_sample_never_scrolls_sideways(view: NumbersView, theme: str, language: str) -> None:
    of = view.findChild(Table, "sample table")
    sigmoid = replace(experiment(12, "sigmoid", "backprop"), epochs=1)
    for tried in (Experiment(), sigmoid, DIVERGING, Experiment(epochs=0)):
        for reference in (None, run(DIVERGING)):
            for digits in (5, 15):
                at = seen(tried, min(40, length(run(tried))), theme=theme, language=language)
                at = replace(at, reference=reference, look=replace(at.look, digits=digits))
                for width in (336, 800):
                    view.resize(width, 640)
                    view.present(at)
                    settle()
                    assert of.horizontalScrollBar().maximum() == 0
                    total = sum(of.columnWidth(c) for c in range(of.model().columnCount()))
                    assert total == of.viewport().width()


@pytest.mark.parametrize("theme", ["light", "projector"])
@pytest.mark.parametrize("digits", [5, 15])
def test_the_history_opens_with_output_and_loss_whole(
    view: NumbersView, theme: str, digits: int
) -> None:
    of = view.findChild(Table, "history table")
    thirds = Experiment(samples=(Sample(1 / 3, -2 / 3), Sample(-1 / 7, 1e-9)))
    for tried in (Experiment(), thirds, DIVERGING, experiment(12, "tanh", "backprop")):
        view.resize(THEMES[theme].size(336), 640)
        view.present(seen(tried, 3, table="history", theme=theme, digits=digits))
        settle()
        for head in ("x" if tried.layers == 3 else "a₀", "ê", "L"):
            place = column(of, head)
            left = of.columnViewportPosition(place)
            assert left >= 0
            assert left + of.columnWidth(place) <= of.viewport().width()


def test_no_number_is_cut_at_the_right_and_its_row_keeps_its_head(
    view: NumbersView, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = view.findChild(Table, "history table")
    view.present(seen(DIVERGING, 260, table="history"))
    settle()
    painted: list[tuple[str, int]] = []
    fit = table_cells.fitted

    def noted(cell: Cell, metrics: QFontMetrics, room: int) -> str:
        text = fit(cell, metrics, room)
        assert room <= of.viewport().width()
        painted.append((text, room - metrics.horizontalAdvance(text) if text else 0))
        return text

    monkeypatch.setattr(table_cells, "fitted", noted)
    bar = of.horizontalScrollBar()
    assert bar.maximum() == 8, "a stop for each column but those that are seen at the end"
    for at in range(bar.maximum() + 1):
        painted.clear()
        bar.setValue(at)
        of.viewport().repaint()
        of.verticalHeader().viewport().repaint()
        assert "▸ 10·2" in {text for text, _ in painted}
        assert min(left for _, left in painted) >= 0
        # At the end the last column is seen whole, so the first may not be.
        assert at == bar.maximum() or of.columnViewportPosition(of.columnAt(0)) == 0


@pytest.mark.parametrize("name", ["sample", "history"])
def test_columns_keep_their_widths_whatever_number_of_rows(view: NumbersView, name: str) -> None:
    of = view.findChild(Table, f"{name} table")
    widths = set()
    for layers in (4, 5, 4):
        tried = replace(Experiment(), weights=(0.5,) * layers)
        view.present(seen(tried, table=name))
        settle()
        columns = range(min(4 if name == "sample" else 7, of.model().columnCount()))
        widths.add(tuple(of.columnWidth(c) for c in columns))
    assert len(widths) == 1


def test_where_there_is_room_what_a_number_is_and_its_layer_are_told(view: NumbersView) -> None:
    of = view.findChild(Table, "sample table")
    for width, hidden in ((346, set()), (200, {1, 2})):
        view.resize(width, 640)
        view.present(seen(Experiment()))
        settle()
        assert {c for c in range(4) if of.isColumnHidden(c)} == hidden


@pytest.mark.usefixtures("qapp")
def test_a_number_is_never_cut_but_shown_with_fewer_digits() -> None:
    metrics = QFontMetrics(cell_font(THEMES["light"]))
    for number in (-0.055899372808501456, -1.7976931348623157e308, -8.03404e-84, float("-inf")):
        whole = number_cell(number, 15, "e", Say())
        least = metrics.horizontalAdvance(rounded(number, 1, POINT))
        for room in range(least, 250, 7):
            text = fitted(whole, metrics, room)
            assert metrics.horizontalAdvance(text) <= room
            digits = [d for d in range(1, 16) if rounded(number, d, POINT) == text]
            assert digits
            longer = rounded(number, digits[-1] + 1, POINT)
            assert digits[-1] == 15 or metrics.horizontalAdvance(longer) > room
    assert fitted(Cell("public derivative", ""), metrics, 60).endswith("…")


@pytest.mark.parametrize("table_name", ["sample", "history"])
def test_every_algorithm_at_every_end_is_drawn(view: NumbersView, table_name: str) -> None:
    for tried in (*EVERY, DIVERGING, Experiment(epochs=0)):
        for index in (0, length(run(tried)) // 2, length(run(tried))):
            view.present(seen(tried, index, table=table_name))
            view.grab()


def test_the_same_state_twice_changes_nothing(view: NumbersView) -> None:
    of = view.findChild(Table, "sample table")
    view.present(seen(Experiment(), 5))
    told: list[object] = []
    of.model().dataChanged.connect(lambda *what: told.append(what))
    of.model().modelReset.connect(lambda: told.append(None))
    view.present(seen(Experiment(), 5))
    assert told == []


def test_a_run_without_updates_says_so(view: NumbersView) -> None:
    of = view.findChild(Table, "history table")
    view.present(seen(Experiment(epochs=0), table="history"))
    settle()
    assert of.model().rowCount() == 0
    assert "the number of epochs is 0" in of._empty
    QTest.mouseClick(of.viewport(), LEFT)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_C):
        QTest.keyClick(of, key, Qt.KeyboardModifier.NoModifier)


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_heads_say_what_they_mean(history: Table) -> None:
    heads = history.horizontalHeader()
    for head, told in (("w₁", "the weight before this update"), ("e", "what a layer computes")):
        x = heads.sectionViewportPosition(column(history, head)) + 5
        tip = hover(heads.viewport(), QPoint(x, heads.height() // 2))
        assert tip.startswith(told)
        assert tip.endswith("Alt+← and Alt+→ go from column to column")
