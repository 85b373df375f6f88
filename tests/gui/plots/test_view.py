"""The plots: three diagrams, in which one can go anywhere, and which stay readable."""

import math
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QWidget

from engine import Experiment, Sample
from gui.shell.app import Chainstep
from tests.gui.screen import (
    button,
    click,
    double_click,
    drag,
    enter,
    hover,
    image,
    numbers_in_place,
    popups,
    press,
    settle,
    show_experiment,
    turn_wheel,
    wait_for,
)

NAMES = ("loss", "weights", "outputs")
DIVERGING = Experiment(weights=(1.5, 1.5), learning_rate=1.5, epochs=40)


def diagram(program: Chainstep, name: str):  # type: ignore[no-untyped-def] # noqa: ANN201
    plots = program.window.content(program.window.plots_dock)
    assert plots is not None
    found = plots.findChild(QWidget, f"plot {name}")
    assert found is not None
    return found


def at(program: Chainstep, name: str, epoch: float) -> QPoint:
    """Return where an epoch stands in a diagram on screen, at half of its height."""
    plot = diagram(program, name)
    box = plot.view
    (_, _), (low, high) = box.viewRange()
    scene = box.mapViewToScene(QPointF(epoch, (low + high) / 2))
    return plot.mapFromScene(scene)


def view_range(program: Chainstep, name: str) -> list[list[float]]:
    settle()
    shown: list[list[float]] = diagram(program, name).view.viewRange()
    return shown


def click_plot(program: Chainstep, name: str, epoch: float) -> None:
    # pyqtgraph takes two clicks within the double click interval for one double click.
    click(diagram(program, name).viewport(), at(program, name, epoch))


def test_there_are_three_diagrams_with_titles_and_curves(program: Chainstep) -> None:
    plots = program.window.content(program.window.plots_dock)
    assert plots is not None
    assert [label.text() for label in plots._titles.values()] == [
        "Loss",
        "Weights",
        "Outputs and targets",
    ]
    for name, curves in zip(NAMES, (1, 3, 2), strict=True):
        plot = diagram(program, name)
        assert plot.isVisible()
        assert len(plot.pens) >= curves
        colours = image(plot)
        assert len({colours.pixel(x, plot.height() // 2) for x in range(plot.width())}) > 2


def names(program: Chainstep, name: str) -> list[str]:
    """Return the names at the right of a diagram, from the top down."""
    settle()
    found: list[str] = diagram(program, name).axis("right").names()
    return found


def marks(program: Chainstep, name: str, side: str = "left") -> list[str]:
    """Return what is written at an axis, after it was painted."""
    plot = diagram(program, name)
    image(plot)
    written: list[str] = plot.axis(side).tickStrings([], 1, 1)
    return written


def thickness(program: Chainstep, name: str) -> list[float]:
    """Return how thick the curves are drawn; the present one is drawn once more, in front."""
    return [pen.widthF() for pen in diagram(program, name).pens]


def test_every_curve_is_named_in_the_order_in_which_they_end(program: Chainstep) -> None:
    assert names(program, "weights") == ["w₁", "w₂", "w₃"]
    assert names(program, "outputs") == ["x = −1", "x = 1"]
    assert sorted(names(program, "loss")) == ["L", "L₁", "L₂"]
    click(button(program, "logarithmic"))
    assert sorted(names(program, "loss")) == ["L", "L₁", "L₂"]


def test_a_single_curve_is_named_too(program: Chainstep, tmp_path: Path) -> None:
    show_experiment(program, tmp_path, Experiment(weights=(0.5,), samples=(Sample(2, 1),)))
    assert [names(program, name) for name in NAMES] == [["L"], ["w₁"], ["a₀ = 2"]]


def looks(program: Chainstep, name: str) -> list[tuple[str, float]]:
    """Return the colours of the curves, and how long their pattern of dashes is, in pixels."""
    pens = diagram(program, name).pens
    return [(pen.color().name(), round(sum(pen.dashPattern()) * pen.widthF(), 6)) for pen in pens]


def thick(program: Chainstep, name: str) -> tuple[str, float]:
    return looks(program, name)[-1]


def test_of_many_layers_the_present_one_is_named_and_thick(
    program: Chainstep, tmp_path: Path
) -> None:
    show_experiment(program, tmp_path, Experiment(weights=[0.5] * 64, epochs=3))
    assert set(names(program, "weights")) == {"w₁", "w₆₄"}
    assert len(set(thickness(program, "weights"))) == 1
    press(program, *["Right"] * 5)
    assert set(names(program, "weights")) == {"w₁", "w₅", "w₆₄"}
    widths = thickness(program, "weights")
    assert widths[-1] == max(widths)
    assert widths.count(max(widths)) == 1
    assert thick(program, "weights") == looks(program, "weights")[4]
    press(program, "Right")
    assert thickness(program, "weights") == widths
    assert thick(program, "weights") == looks(program, "weights")[5]


def test_curves_of_one_colour_are_dashed_differently(program: Chainstep, tmp_path: Path) -> None:
    show_experiment(program, tmp_path, Experiment(weights=[0.5] * 28, epochs=3))
    pens = diagram(program, "weights").pens
    assert len({pen.color().name() for pen in pens}) == 7
    assert len({(pen.color().name(), *pen.dashPattern()) for pen in pens}) == 28


def test_axes_are_marked_with_real_minus_signs_and_powers(program: Chainstep) -> None:
    assert marks(program, "outputs") == ["−1.0", "−0.5", "0.0", "0.5", "1.0"]
    assert marks(program, "loss", "bottom") == ["0", "100", "200"]
    click(button(program, "logarithmic"))
    assert {"10⁻⁵", "10⁻¹⁰", "10⁻³", "10⁻⁶", "10⁻⁴", "10⁻⁸"} & set(marks(program, "loss"))


def test_the_title_says_what_is_dashed_while_runs_are_compared(program: Chainstep) -> None:
    title = program.window.plots_dock.titleBarWidget()
    assert title is not None

    def words() -> list[str]:
        return [label.text() for label in title.findChildren(QLabel) if label.text()]

    assert words() == ["Plots"]
    program.session.keep_reference()
    assert words() == ["Plots"]
    enter(program, "epochs", "100")
    assert words() == ["Plots", "dashed: the kept run"]


@pytest.mark.parametrize("small", [(900, 600), (900, 640)], ids=["away", "low"])
def test_the_plots_get_their_height_back_after_a_small_window(
    program: Chainstep, small: tuple[int, int]
) -> None:
    window, dock = program.window, program.window.plots_dock
    before = dock.height()
    window.resize(*small)
    settle()
    assert dock.height() < before
    assert dock.isVisible() == (small[1] > 600)
    # As when the program is closed and started again.
    program.parts.arrange(program.parts.arrangement())
    settle()
    window.resize(1440, 900)
    settle()
    assert dock.height() == before


def test_a_height_that_was_given_by_hand_is_kept(program: Chainstep) -> None:
    window, dock = program.window, program.window.plots_dock
    window.resizeDocks([dock], [190], Qt.Orientation.Vertical)
    settle()
    for size in ((900, 600), (1440, 900), (900, 640), (1440, 900), (1440, 1000)):
        window.resize(*size)
        settle()
    assert dock.height() == 190


@pytest.mark.parametrize("name", NAMES)
def test_a_click_goes_to_the_place(program: Chainstep, name: str) -> None:
    click_plot(program, name, 120.0)
    assert numbers_in_place(program)[0] == pytest.approx(120, abs=2)
    assert diagram(program, name).epoch == pytest.approx(120, abs=1)


def test_the_cursor_follows_the_step_in_all_diagrams(program: Chainstep) -> None:
    press(program, "Ctrl+Right", "Ctrl+Right", "Shift+Right")
    for name in NAMES:
        assert diagram(program, name).epoch == pytest.approx(2.5)
    before = image(diagram(program, "loss"))
    press(program, "End")
    assert image(diagram(program, "loss")) != before
    assert diagram(program, "loss").epoch == 240


@pytest.mark.parametrize("name", NAMES)
def test_the_cursor_can_be_dragged(program: Chainstep, name: str) -> None:
    click_plot(program, "weights" if name == "loss" else "loss", 60.0)
    plot = diagram(program, name)
    start = at(program, name, plot.epoch)
    way = [QPoint(start.x() + x, start.y()) for x in (0, 6, 12, 30, 60, 90)]
    aim = plot.view.mapSceneToView(plot.mapToScene(way[-1])).x()
    drag(plot.viewport(), *way)
    assert numbers_in_place(program)[0] == pytest.approx(aim + 1, abs=3)
    assert plot.epoch == pytest.approx(aim, abs=2)


def test_the_button_shows_the_loss_on_a_logarithmic_axis(program: Chainstep) -> None:
    low, high = view_range(program, "loss")[1]
    assert low < 0
    assert 0.5 < high < 0.7
    log = button(program, "logarithmic")
    click(log)
    assert log.isChecked()
    low, high = view_range(program, "loss")[1]
    assert low < -8
    assert math.log10(0.5) < high < 0.2
    click(log)
    assert not log.isChecked()
    assert view_range(program, "loss")[1][1] < 0.7


def test_a_diverged_run_keeps_its_axes_readable(program: Chainstep, tmp_path: Path) -> None:
    show_experiment(program, tmp_path, DIVERGING)
    for name in NAMES:
        (left, right), (low, high) = view_range(program, name)
        assert (left, right) == (0, 40)
        assert -1e4 < low < high < 1e4
        assert high - low > 0.1
    click(button(program, "logarithmic"))
    low, high = view_range(program, "loss")[1]
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert high < 5
    assert diagram(program, "loss")._diverged.isVisible()
    press(program, "End", "Home", "Right")
    program.window.repaint()


def test_a_run_that_no_longer_diverges_loses_the_note(program: Chainstep, tmp_path: Path) -> None:
    show_experiment(program, tmp_path, DIVERGING)
    press(program, "Ctrl+Z")
    assert not diagram(program, "loss")._diverged.isVisible()
    assert view_range(program, "loss")[0] == [0, 240]


def test_the_wheel_zooms_and_a_double_click_shows_all_again(program: Chainstep) -> None:
    all_of_it = view_range(program, "weights")
    plot, where = diagram(program, "weights"), at(program, "weights", 200)
    for _ in range(3):
        turn_wheel(plot.viewport(), where, 240)
    left, right = view_range(program, "weights")[0]
    assert right - left < 200
    press(program, "Right")
    assert view_range(program, "weights")[0] == [left, right]
    double_click(plot.viewport(), where)
    wait_for(lambda: view_range(program, "weights") == all_of_it)


def test_clicks_stay_inside_the_run(program: Chainstep) -> None:
    plot = diagram(program, "loss")
    turn_wheel(plot.viewport(), at(program, "loss", 120), -960)
    click(plot.viewport(), QPoint(plot.width() - 4, plot.height() // 2))
    assert numbers_in_place(program) == (240, 2, 13)


def test_many_layers_and_no_epochs_are_drawn_too(program: Chainstep, tmp_path: Path) -> None:
    show_experiment(program, tmp_path, Experiment(weights=[0.5] * 64, epochs=3))
    assert len(diagram(program, "weights").pens) == 64
    enter(program, "epochs", "1")
    assert view_range(program, "loss")[0] == [0, 1]
    enter(program, "epochs", "0")
    assert view_range(program, "loss")[0] == [0, 1]
    program.window.repaint()


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_titles_and_names_of_curves_say_what_they_mean(program: Chainstep) -> None:
    loss = diagram(program, "loss")
    names = loss.axis("right")
    where = names.mapRectToScene(names.mapRectFromParent(names.geometry())).center()
    told = hover(loss.viewport(), loss.mapFromScene(where))
    assert "L₁, L₂: the loss of one sample" in told
    assert "L: the mean loss of an epoch; below 10⁻³ the run has converged" in told
    title = next(w for w in program.window.plots_dock.findChildren(QLabel) if w.text() == "Weights")
    assert "w₁ … w₃: the weight of each layer after every update" in title.toolTip()


def plot_menu(program: Chainstep, name: str, epoch: float) -> QMenu:
    """Click into a diagram with the other button; return the menu that opens."""
    viewport = diagram(program, name).viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.RightButton, pos=at(program, name, epoch))
    settle()
    (menu,) = [m for m in program.window.findChildren(QMenu, "plot menu") if m.isVisible()]
    return menu


def take_from(menu: QMenu, text: str) -> None:
    (action,) = [a for a in menu.actions() if a.text() == text]
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    settle()


@popups
@pytest.mark.parametrize("name", NAMES)
def test_a_right_click_opens_a_menu_and_goes_nowhere(program: Chainstep, name: str) -> None:
    press(program, "Ctrl+Right")
    stood = numbers_in_place(program)
    menu = plot_menu(program, name, 120)
    assert numbers_in_place(program) == stood
    take_from(menu, "Go here")
    assert abs(numbers_in_place(program)[0] - 120) <= 2
    whole = view_range(program, name)
    turn_wheel(diagram(program, name).viewport(), at(program, name, 100), 480)
    assert view_range(program, name) != whole
    QTest.qWait(QApplication.doubleClickInterval())
    take_from(plot_menu(program, name, 100), "Show all")
    assert view_range(program, name) == whole
    QTest.qWait(QApplication.doubleClickInterval())
    take_from(plot_menu(program, name, 100), "Copy this plot as a picture")
    assert QApplication.clipboard().image().width() >= diagram(program, name).width()


@popups
def test_the_menu_of_the_loss_changes_its_scale(program: Chainstep) -> None:
    take_from(plot_menu(program, "loss", 100), "Logarithmic loss")
    assert program.session.state.look.logarithmic
    QTest.qWait(QApplication.doubleClickInterval())
    take_from(plot_menu(program, "loss", 100), "Logarithmic loss")
    assert not program.session.state.look.logarithmic


@popups
def test_the_plots_are_saved_from_the_menu(
    program: Chainstep, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "plots.png"
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", staticmethod(lambda *_asked: (str(target), ""))
    )
    take_from(plot_menu(program, "weights", 100), "Save the plots as a picture…")
    assert target.exists()
