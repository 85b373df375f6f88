"""The map's panel: what it shows, and what wheel, drag, click and keys do."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from engine import Experiment, Sample, train
from engine.maps.trainability import Fate
from gui import theme
from gui.panels.map.canvas import Canvas
from gui.panels.map.legend import MapLegend
from gui.panels.map.picture import Entry
from gui.panels.map.picture.plane import View
from gui.panels.map.view import MapView
from gui.panels.map.worker import Wish
from gui.shell.app import Chainstep
from gui.state.intents import Intent, Replace, Show
from gui.words.meanings import Meaning
from tests.gui import examples
from tests.gui.screen import give_views, press, settle


@pytest.fixture
def view(qapp: QApplication, qtbot: QtBot) -> Iterator[MapView]:
    theme.apply(qapp, theme.THEMES["light"])
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(340, 640)
    panel = MapView(window)
    give_views(panel)
    panel.resize(window.size())
    show(panel, Experiment())
    window.show()
    panel.show()
    sharp(panel, qtbot)
    yield panel
    window.close()


def show(view: MapView, experiment: Experiment, **look: object) -> None:
    view.present(examples.state(experiment, 0, **look))
    settle()


def sharp(view: MapView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.done, timeout=20_000)
    settle()


def canvas(view: MapView) -> Canvas:
    found = view.findChild(Canvas)
    assert isinstance(found, Canvas)
    return found


def picks(view: MapView) -> list[Experiment]:
    """Listen which experiments are taken from now on."""
    found: list[Experiment] = []

    def listen(intent: Intent) -> None:
        if isinstance(intent, Replace):
            found.append(intent.experiment)

    view.wished.connect(listen)
    return found


def wheel(where: Canvas, at: QPoint, steps: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(where.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own order
    )
    QApplication.sendEvent(where, event)
    settle()


def texts(view: MapView) -> str:
    return " | ".join(label.text() for label in view.findChildren(QLabel))


def test_it_sharpens_to_the_pixels_of_the_screen(view: MapView) -> None:
    assert view._seen is not None
    seen, shown = view._seen
    assert seen.final_loss.shape == canvas(view).pixels[::-1]
    assert shown == View(-6, 6, -6, 6)
    assert {Fate(int(fate)) for fate in set(seen.fate.ravel())} >= {Fate.CONVERGED, Fate.DIVERGED}


def test_a_click_takes_the_training_of_its_pixel(view: MapView) -> None:
    room = canvas(view).room
    at = QPoint(room.left() + room.width() // 3, room.top() + room.height() // 4)
    QTest.mouseMove(canvas(view), at)
    told = picks(view)
    QTest.mouseClick(canvas(view), Qt.MouseButton.LeftButton, pos=at)
    (picked,) = told
    assert picked.weights[0] == pytest.approx(-2, abs=0.1)
    assert picked.weights[1] == pytest.approx(3, abs=0.1)
    run = train(picked)
    said = "diverged" if run.diverged_at else f"epoch {run.converged_at}"
    assert said in texts(view)
    before = view._asked
    show(view, picked)
    assert view._asked is before, "the same map, only the ring moves"


def test_a_pointer_at_rest_reads_the_map_of_the_next_experiment(
    view: MapView, qtbot: QtBot
) -> None:
    room = canvas(view).room
    at = QPoint(room.left() + room.width() // 3, room.top() + room.height() // 4)
    # From elsewhere: to where it is already, it would not move.
    QTest.mouseMove(canvas(view), room.center())
    QTest.mouseMove(canvas(view), at)
    settle()
    read = view._reading.text()
    other = replace(Experiment(), learning_rate=0.01)
    show(view, other)
    sharp(view, qtbot)
    assert view._reading.text() != read
    # What the pixel at rest is said to be is what its own training comes to.
    told = picks(view)
    QTest.mouseClick(canvas(view), Qt.MouseButton.LeftButton, pos=at)
    (picked,) = told
    assert picked.learning_rate == 0.01
    run = train(picked)
    assert run.converged_at is not None
    assert f"epoch {run.converged_at}" in view._reading.text()


def test_the_ring_stands_at_the_experiment_on_both_axes(view: MapView, qtbot: QtBot) -> None:
    w1, w2 = -3.0, 1.5
    show(view, replace(Experiment(), weights=(w1, w2, -0.5)))
    sharp(view, qtbot)
    room, shown = canvas(view).room, view._view
    x = room.left() + (w1 - shown.left) / (shown.right - shown.left) * room.width()
    y = room.bottom() + 1 - (w2 - shown.bottom) / (shown.top - shown.bottom) * room.height()
    seen = canvas(view).grab().toImage()

    def whites(middle_x: float, middle_y: float) -> int:
        """Count the white places on a circle as large as the ring."""
        angles = [k * math.pi / 8 for k in range(16)]
        places = [(middle_x + 7 * math.cos(a), middle_y + 7 * math.sin(a)) for a in angles]
        return sum(seen.pixelColor(int(px), int(py)).lightness() > 160 for px, py in places)

    assert whites(x, y) >= 12
    assert whites(x + 12, y) <= 4


def test_the_wheel_zooms_about_the_pointer(view: MapView, qtbot: QtBot) -> None:
    room = canvas(view).room
    corner = QPoint(room.left(), room.bottom() + 1)
    wheel(canvas(view), corner, 3)
    sharp(view, qtbot)
    assert view._seen is not None
    shown = view._seen[1]
    assert (shown.left, shown.bottom) == pytest.approx((-6, -6))
    assert shown.right - shown.left == pytest.approx(12 / 1.25**3)
    wheel(canvas(view), corner, -3)
    assert view._view == pytest.approx((-6, 6, -6, 6))


def test_it_zooms_until_there_are_no_numbers_in_between(view: MapView) -> None:
    for _ in range(60):
        canvas(view).zoom(0.2, (1.0, 2.0))
    assert "neighbouring floating-point numbers" in texts(view)
    assert view._view.right > view._view.left


def test_a_drag_moves_and_takes_nothing(view: MapView, qtbot: QtBot) -> None:
    taken = picks(view)
    where, room = canvas(view), canvas(view).room
    QTest.mousePress(where, Qt.MouseButton.LeftButton, pos=room.center())
    QTest.mouseMove(where, room.center() + QPoint(room.width() // 4, 0))
    QTest.mouseRelease(where, Qt.MouseButton.LeftButton, pos=room.center())
    assert not taken
    assert view._view.left == pytest.approx(-9, abs=0.1)
    assert view._view.bottom == -6
    sharp(view, qtbot)


def test_arrows_move_the_cross_hair_and_at_an_edge_the_map(
    program: Chainstep, qtbot: QtBot
) -> None:
    program.session.set_look(panel="map")
    settle()
    panel = program.window.findChild(MapView)
    assert isinstance(panel, MapView)
    sharp(panel, qtbot)
    where = canvas(panel)
    QTest.mouseMove(where, where.room.center())
    press(program, "Right")
    assert program.session.state.index == 1
    where.setFocus()
    press(program, "Up", "Right", "Up")
    assert program.session.state.index == 1
    assert panel._view == pytest.approx((-6, 6, -6, 6))
    press(program, "End", "Shift+Right")
    pixel = 12 / where.room.width()
    assert panel._view == pytest.approx((-6 + 16 * pixel, 6 + 16 * pixel, -6, 6))
    press(program, "Esc", "Right")
    assert program.session.state.index == 2


def test_what_takes_long_tells_how_far_it_is(view: MapView, qtbot: QtBot) -> None:
    show(view, Experiment(epochs=1_000_000, learning_rate=1e-6))
    where = canvas(view)
    qtbot.waitUntil(lambda: 0 < where.share < 1, timeout=20_000)
    show(view, Experiment())
    sharp(view, qtbot)
    assert where.share == 1


def test_it_ends_where_numbers_end(view: MapView, qtbot: QtBot) -> None:
    for _ in range(700):
        canvas(view).zoom(4.0)
    assert "goes no further" in texts(view)
    sharp(view, qtbot)
    assert 1e13 < view._view.right < 1e16


def test_what_no_map_can_show_is_said(view: MapView, qtbot: QtBot) -> None:
    apart = Experiment(samples=(Sample(1, 1e-300), Sample(-1, 1e10)))
    show(view, apart, map_x="target")
    sharp(view, qtbot)
    assert "target" in texts(view)
    assert "Point to read" not in texts(view)
    show(view, apart)
    sharp(view, qtbot)
    assert "Point to read" in texts(view)


def test_keys_zoom_read_any_pixel_and_take_it(view: MapView, qtbot: QtBot) -> None:
    sharp(view, qtbot)
    where = canvas(view)
    where.setFocus()
    QTest.keyClick(where, Qt.Key.Key_0)
    weights = Experiment().weights[:2]
    pixel = 12 / where.room.width()
    # It begins at the ring.
    QTest.keyClick(where, Qt.Key.Key_Down)
    told = view.reading.split(":")[0].replace("−", "-").split(", ")
    assert [float(part.split(" = ")[1]) for part in told] == pytest.approx(weights, abs=pixel)
    picked = picks(view)
    for _ in range(3):
        QTest.keyClick(where, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(where, Qt.Key.Key_Up)
    QTest.keyClick(where, Qt.Key.Key_Return)
    expected = weights[0] + 48 * pixel, weights[1] + pixel
    assert picked[0].weights[:2] == pytest.approx(expected, abs=pixel)
    before = view._view.right - view._view.left
    QTest.keyClick(where, Qt.Key.Key_Plus)
    assert view._view.right - view._view.left == pytest.approx(before / 1.25)


@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(weights=(0.4,)),
        Experiment(weights=(0.1,) * 64, epochs=3),
        Experiment(epochs=0),
        Experiment(learning_rate=5.0),
    ],
)
def test_it_shows_every_experiment(view: MapView, qtbot: QtBot, experiment: Experiment) -> None:
    show(view, experiment)
    sharp(view, qtbot)
    show(view, Experiment(), language="zh_CN", theme="projector")
    sharp(view, qtbot)
    assert "像素" in texts(view)


def test_axes_can_be_chosen_and_change_places(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.wished) as told:
        view._parts.choices._x.chosen.emit("w2")
    assert told.args == [Show({"map_x": "w2", "map_y": "w1"})]
    show(view, Experiment(), map_x="learning_rate", map_y="epochs")
    sharp(view, qtbot)
    assert view._seen is not None
    assert 470 < view._seen[0].y.values[-1] <= 480
    assert min(view._seen[0].x.values) > 0


def test_nothing_is_drawn_that_nobody_sees(view: MapView, qtbot: QtBot) -> None:
    view.hide()
    before = view._asked
    show(view, replace(Experiment(), learning_rate=0.1))
    assert view._asked is before
    view.show()
    sharp(view, qtbot)
    assert view._seen is not None
    assert view._seen[0].experiment.learning_rate == 0.1


def test_in_the_window_a_click_can_be_undone(program: Chainstep, qtbot: QtBot) -> None:
    session = program.session
    session.set_look(panel="map")
    settle()
    panel = program.window.findChild(MapView)
    assert isinstance(panel, MapView)
    sharp(panel, qtbot)
    canvas(panel).picked.emit((2.0, 0.5))
    assert session.state.experiment.weights[:2] == pytest.approx((2.0, 0.5), abs=0.1)
    session.undo()
    assert session.state.experiment == Experiment()


def test_the_legend_names_every_colour_and_overlaps_nowhere(qapp: QApplication) -> None:
    theme.apply(qapp, theme.THEMES["light"])
    legend = MapLegend()
    entries = tuple(
        Entry(((0, 0, 0),), "wide words " * n, Meaning.DIVERGED) for n in (3, 1, 1, 4, 2, 1)
    )
    for width in (150, 300, 600, 2000):
        legend.resize(width, 100)
        legend.present(entries, theme.THEMES["light"], str)
        settle()
        places = legend._places()
        assert places == sorted(set(places)), "each after the one before"
        lines = {line for line, _ in places}
        assert lines == set(range(len(lines)))
        assert legend.height() >= 22 * len(lines)
    assert len(lines) == 1


def test_a_map_of_another_experiment_is_neither_read_nor_taken_nor_saved(
    view: MapView, qtbot: QtBot
) -> None:
    save = view._buttons["save"]
    assert save.possible
    show(view, Experiment(epochs=50_000_000))  # hours, for all pixels
    qtbot.waitUntil(lambda: canvas(view)._image is None)
    assert not save.possible
    told = picks(view)
    QTest.mouseMove(canvas(view), canvas(view).room.center())
    QTest.mouseClick(canvas(view), Qt.MouseButton.LeftButton, pos=canvas(view).room.center())
    assert told == []
    qtbot.waitUntil(lambda: "Drawing the map" in view._reading.text(), timeout=20_000)
    assert not view._legend.accessibleName()
    show(view, Experiment())
    sharp(view, qtbot)
    assert canvas(view)._image is not None
    assert save.possible


def test_what_cannot_be_drawn_is_drawn_as_soon_as_it_can(view: MapView, qtbot: QtBot) -> None:
    show(view, Experiment(epochs=0))
    assert "With 0 epochs" in texts(view)
    assert view._seen is None
    assert not view._buttons["save"].possible
    show(view, Experiment())
    sharp(view, qtbot)
    assert view._seen is not None


def test_the_whole_map_has_the_experiment_on_it(view: MapView) -> None:
    far = Experiment((9.0, -20.0, 1.0), learning_rate=5.0)
    show(view, far, map_x="learning_rate", map_y="w2")
    shown = view._view
    assert shown.left < 5.0 < shown.right
    assert shown.bottom < -20.0 < shown.top


def test_a_long_training_is_seen_coarser_first() -> None:
    short = Wish(Experiment(), "w1", "w2", View(-6, 6, -6, 6), 300, 200)
    long = short._replace(experiment=Experiment(epochs=300_000))
    assert short.sizes[-1] == long.sizes[-1] == (300, 200)
    assert long.sizes[0] < short.sizes[0]


def test_deep_in_the_map_neighbours_can_be_told_apart(view: MapView, qtbot: QtBot) -> None:
    for _ in range(30):
        canvas(view).zoom(0.5, (1.0, 1.3))
    sharp(view, qtbot)
    room = canvas(view).room
    read = set()
    for x in range(room.left() + 40, room.left() + 60):
        QTest.mouseMove(canvas(view), QPoint(x, room.center().y()))
        settle()
        read.add(view._reading.text())
    assert len(read) == 20


def test_epochs_are_whole_numbers_and_never_looked_between(view: MapView, qtbot: QtBot) -> None:
    show(view, Experiment(), map_x="epochs", map_y="w2")
    sharp(view, qtbot)
    for _ in range(40):
        canvas(view).zoom(0.7)
    assert view._view.right - view._view.left >= 8
    assert "neighbouring floating-point numbers" in texts(view)
    sharp(view, qtbot)
    QTest.mouseMove(canvas(view), canvas(view).room.center())
    settle()
    assert re.match(r"Epochs = \d+, w₂ = ", view._reading.text())
