"""The plane with axes: values to pixels and back, what is written at it, and how it is kept."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.drawing.ticks import Tick
from gui.panels.gradient_check.curves import ErrorDiagram
from gui.shell.files.rendering import svg
from gui.theme import THEMES
from gui.widgets.plane import Axis, Margins, PaintedPlane, Plane

pytestmark = pytest.mark.usefixtures("qapp")

LIGHT = THEMES["light"]
MARGINS = Margins(left=46, top=22, right=8, bottom=40)
LAYERS = tuple(Tick(n, str(n)) for n in (0, 50, 100, 150, 200))
ERRORS = tuple(Tick(10.0**-k, f"1e-{k}") for k in (0, 4, 8, 12, 16))


def plane(width: int = 340, height: int = 300, theme: str = "light") -> Plane:
    """Return layers to the right, errors upwards."""
    bottom = Axis(0, 200, LAYERS, "layers")
    side = Axis(1e-17, 4.0, ERRORS, "error", log=True)
    return Plane(QRectF(0, 0, width, height), MARGINS, bottom, side, THEMES[theme], grid=True)


def painted(what: Plane, background: str = "#000000") -> QImage:
    """Return a plane painted on black, so that all its lines and letters can be told."""
    size = what.outer.bottomRight().toPoint()
    image = QImage(size.x(), size.y(), QImage.Format.Format_RGB32)
    image.fill(QColor(background))
    painter = QPainter(image)
    what.paint(painter)
    painter.end()
    return image


# --- values and pixels -----------------------------------------------------------------------


@given(
    st.tuples(*[st.floats(-1e9, 1e9)] * 2).filter(lambda ends: abs(ends[0] - ends[1]) > 1e-3),
    st.floats(-17, 3).flatmap(lambda low: st.tuples(st.just(low), st.floats(low + 0.1, 20))),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_a_pixel_has_the_values_that_lie_there(
    ends: tuple[float, float], powers: tuple[float, float], across: float, up: float
) -> None:
    side = Axis(10 ** powers[0], 10 ** powers[1], log=True)
    made = Plane(QRectF(0, 0, 400, 300), MARGINS, Axis(*ends), side, LIGHT)
    x = ends[0] + across * (ends[1] - ends[0])
    y = 10 ** (powers[0] + up * (powers[1] - powers[0]))
    at = made.at(x, y)
    assert (at.x(), at.y()) == pytest.approx((46 + across * 346, 260 - up * 238), abs=1e-3)
    back = made.values(at)
    assert back[0] == pytest.approx(x, abs=1e-9 * abs(ends[1] - ends[0]) + 1e-6)
    assert math.log10(back[1]) == pytest.approx(math.log10(y), abs=1e-9)


def test_equal_factors_are_equally_far_on_a_logarithmic_axis() -> None:
    made = plane()
    steps = [made.y(10.0**-k) - made.y(10.0 ** (1 - k)) for k in range(1, 17)]
    assert steps == pytest.approx([steps[0]] * 16)
    assert steps[0] > 0, "a larger error is higher"


def test_an_axis_may_run_backwards() -> None:
    made = replace(plane(), bottom=Axis(1.0, 1e-14, log=True))
    assert made.x(1.0) == made.area.left()
    assert made.x(1e-14) == made.area.right()
    assert made.x(1e-4) < made.x(1e-6)
    assert made.values(QPointF(made.x(1e-6), made.area.top()))[0] == pytest.approx(1e-6)


def test_of_two_epsilons_the_larger_is_at_the_right(qtbot: QtBot) -> None:
    diagram = ErrorDiagram()
    qtbot.addWidget(diagram)
    diagram.resize(340, 176)
    made = diagram.plane(LIGHT)
    assert made.x(1e-14) == made.area.left()
    assert made.x(1.0) == made.area.right()
    assert [tick.place for tick in made.bottom.ticks] == [10.0 ** (-2 * k) for k in range(8)]
    assert [tick.words for tick in made.bottom.ticks][:3] == ["1", "10⁻²", "10⁻⁴"]


@pytest.mark.parametrize("far", [1e300, -1e300, math.inf, -math.inf])
def test_what_is_far_outside_stays_on_its_side_and_can_be_painted(far: float) -> None:
    made = plane()
    assert abs(made.x(far)) < 1e7
    assert (made.x(far) < made.area.left()) == (far < 0)


# --- what is painted -------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("size", [(200, 160), (340, 300), (641, 423)])
def test_the_words_stand_inside_and_clear_of_the_plane(size: tuple[int, int], theme: str) -> None:
    long = (*LAYERS[:-1], Tick(200, "2 000 000"))
    made = plane(*size, theme)
    made = replace(made, bottom=replace(made.bottom, ticks=long))
    written = list(made.words())
    assert [words for *_, words in written] == [tick.words for tick in (*ERRORS, *long)]
    for where, _, _ in written:
        assert made.outer.contains(where)
        assert not made.area.intersects(where)


def test_the_words_stand_at_their_ticks() -> None:
    made = replace(plane(), margins=MARGINS._replace(right=16))
    image, centre = painted(made), {words: where.center() for where, _, words in made.words()}
    tick = QColor(LIGHT.border)
    for place, words in LAYERS:
        x = round(made.x(place))
        assert centre[words].x() == pytest.approx(made.x(place), abs=1)
        assert image.pixelColor(x, int(made.area.bottom()) + 3) == tick
        assert image.pixelColor(x + 2, int(made.area.bottom()) + 3) != tick
    for place, words in ERRORS:
        y = round(made.y(place))
        assert centre[words].y() == pytest.approx(made.y(place), abs=1)
        assert image.pixelColor(int(made.area.left()) - 3, y) == tick
        assert image.pixelColor(int(made.area.left()) - 3, y + 2) != tick


def test_the_grid_has_a_line_at_each_tick_of_the_side() -> None:
    made = plane()
    middle = int(made.area.center().x())
    for grid in (True, False):
        image = painted(replace(made, grid=grid), "#ffffff")
        rows = range(int(made.area.top()), int(made.area.bottom()))
        seen = [y for y in rows if image.pixelColor(middle, y) != QColor("#ffffff")]
        assert seen == (sorted(round(made.y(place)) for place, _ in ERRORS) if grid else [])


def test_without_a_row_of_its_own_the_title_follows_the_words() -> None:
    made = replace(plane(), margins=MARGINS._replace(right=80, bottom=22))
    *_, (last, _, number), (where, _, title) = made.words()
    assert (number, title) == ("200", "layers")
    assert where.left() > last.right()
    assert where.center().y() == last.center().y()
    assert made.outer.contains(where)


# --- painted once ----------------------------------------------------------------------------


class Shown(QWidget):
    """A widget with a plane that counts how often the axes are painted."""

    def __init__(self) -> None:
        super().__init__()
        self.resize(340, 300)
        self.plane, self.axes = plane(), PaintedPlane()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        self.axes.paint(painter, self.plane)
        painter.end()


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    widget = Shown()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def paintings(monkeypatch: pytest.MonkeyPatch) -> list[Plane]:
    """Return the list of planes whose axes have been painted."""
    found: list[Plane] = []
    paint = Plane.paint

    def counted(self: Plane, painter: QPainter) -> None:
        found.append(self)
        paint(self, painter)

    monkeypatch.setattr(Plane, "paint", counted)
    return found


def test_the_axes_are_painted_again_only_when_they_change(
    shown: Shown, paintings: list[Plane]
) -> None:
    first = shown.grab().toImage()
    shown.plane = plane()
    assert shown.grab().toImage() == first
    assert len(paintings) == 1
    for count, other in enumerate(
        (
            plane(theme="dark"),
            plane(330, 300),
            replace(plane(), bottom=Axis(0, 200, LAYERS[::2], "layers")),
        ),
        start=2,
    ):
        shown.plane = other
        assert shown.grab().toImage() != first
        assert len(paintings) == count


def test_a_picture_with_finer_pixels_has_fine_axes(shown: Shown) -> None:
    shown.grab()
    pixmap = QPixmap(680, 600)
    pixmap.setDevicePixelRatio(2)
    shown.render(pixmap, QPoint())
    fine = pixmap.toImage()
    pairs = [
        fine.pixel(x, y) != fine.pixel(x + 1, y) for y in range(0, 600, 2) for x in range(0, 680, 2)
    ]
    assert any(pairs), "every pixel is one of a coarser picture, doubled"


def test_in_an_svg_the_axes_are_lines_and_letters(shown: Shown) -> None:
    written = svg(shown).decode()
    assert "<image" not in written
    assert "layers" in written
