"""gui.theme: every text can be read on every background that it stands on."""

import math
import re
from collections.abc import Iterator
from itertools import combinations, product

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.drawing.ink import Ink
from gui.resources import asset
from gui.theme import THEMES, Theme, icons

every_theme = pytest.mark.parametrize("style", THEMES.values(), ids=list(THEMES))
LEAST = {"light": 4.5, "dark": 4.5, "projector": 7.0}
LEAST_OF_LINES = 3.0
EYES = {
    "ordinary": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""What eyes make of linear RGB, after Machado, Oliveira and Fernandes (2009), severity 1."""
COLOURED = (Ink.FORWARD, Ink.BACKWARD, Ink.GRADIENT, Ink.UPDATE, Ink.LOSS)


def linear(colour: str) -> list[float]:
    """Return the linear red, green and blue of #RRGGBB, from 0 to 1 (IEC 61966-2-1)."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    ]


def luminance(colour: str) -> float:
    """Return the relative luminance of #RRGGBB after WCAG 2.2."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def difference(one: str, other: str, eyes: str) -> float:
    """Return how far apart two colours are for these eyes: ΔE of CIE 1976, 2.3 just to be seen."""
    return math.dist(lab(one, eyes), lab(other, eyes))


def lab(colour: str, eyes: str) -> tuple[float, float, float]:
    """Return a colour's place in CIE L*a*b* (white point D65)."""
    rgb = linear(colour)
    red, green, blue = (
        min(max(sum(a * b for a, b in zip(row, rgb, strict=True)), 0), 1) for row in EYES[eyes]
    )
    x, y, z = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in (
            (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
            0.2126 * red + 0.7152 * green + 0.0722 * blue,
            (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
        )
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours after WCAG 2.2, 1 … 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def texts(style: Theme) -> Iterator[tuple[str, str, str]]:
    """Yield a name, the colour of a text and that of a background that it stands on."""
    backgrounds = {"panel": style.panel, "canvas": style.canvas, "field": style.field}
    for name, background in backgrounds.items():
        yield f"text on {name}", style.text, background
        yield f"muted on {name}", style.muted, background
    yield "problem on panel", style.problem, style.panel
    yield "text on a pressed button", style.text, style.faint
    yield "a filled button", style.on_accent, style.accent
    yield "a tool tip", style.panel, style.text
    # The chain stands on the canvas, formula and timeline on the panel.
    for ink in Ink:
        colours = style.inks[ink]
        yield f"{ink} on panel", colours.text, style.panel
        yield f"{ink} on canvas", colours.text, style.canvas
        yield f"{ink} on its fill", colours.on_fill, colours.fill
    forward = style.inks[Ink.FORWARD]
    yield "a chosen menu entry", forward.on_fill, forward.line
    # What a step uses, and a public derivative that is known, is filled with a tint.
    for ink in COLOURED:
        tint = style.soft(ink).name()
        yield f"a symbol on soft {ink}", style.muted, tint
        yield f"a number on soft {ink}", style.text, tint
        if ink in (Ink.BACKWARD, Ink.GRADIENT, Ink.UPDATE):
            yield f"{ink} on soft {ink}", style.inks[ink].text, tint
    for i, colour in enumerate(style.curves):
        yield f"curve {i} and its name", colour, style.panel


def test_the_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FF0000", "#FF0000") == 1


@every_theme
def test_every_text_can_be_read(style: Theme) -> None:
    found = {name: contrast(one, other) for name, one, other in texts(style)}
    assert not {n: round(c, 2) for n, c in found.items() if c < LEAST[style.name]}


@every_theme
@pytest.mark.parametrize("eyes", EYES)
def test_curves_can_be_told_apart(style: Theme, eyes: str) -> None:
    colours = (style.text, *style.curves)
    found = {pair: difference(*pair, eyes) for pair in combinations(colours, 2)}
    assert not {pair: round(d, 1) for pair, d in found.items() if d < 15}


@every_theme
def test_no_curve_looks_like_a_role(style: Theme) -> None:
    roles = [style.inks[ink].line for ink in COLOURED if ink != Ink.LOSS] + [style.problem]
    found = {pair: difference(*pair, "ordinary") for pair in product(style.curves, roles)}
    assert not {pair: round(d, 1) for pair, d in found.items() if d < 18}


def test_the_difference_of_known_pairs() -> None:
    assert difference("#000000", "#FFFFFF", "ordinary") == pytest.approx(100, abs=0.1)
    assert difference("#C00000", "#507000", "ordinary") > 60
    assert difference("#C00000", "#507000", "protanopia") < 40


@every_theme
def test_the_outline_of_a_field_can_be_seen(style: Theme) -> None:
    for background in (style.panel, style.field, style.canvas):
        assert contrast(style.outline, background) >= LEAST_OF_LINES


@every_theme
def test_every_line_can_be_seen(style: Theme) -> None:
    for ink in COLOURED:
        for background in (style.panel, style.canvas):
            assert contrast(style.inks[ink].line, background) >= LEAST_OF_LINES, ink


@every_theme
def test_the_directions_have_different_colours(style: Theme) -> None:
    for part in ("line", "text", "fill"):
        colours = [getattr(style.inks[ink], part) for ink in COLOURED]
        assert len(set(colours)) == len(colours), part


@every_theme
def test_a_theme_is_complete(style: Theme) -> None:
    assert set(style.inks) == set(Ink)
    for colour in (style.panel, style.text, *style.curves):
        assert re.fullmatch("#[0-9A-F]{6}", colour)
    assert len(set(style.curves)) == len(style.curves)
    assert style.dark == (luminance(style.panel) < 0.5)
    assert THEMES[style.name] is style
    assert set(THEMES) | {"system"} == set(theme.CHOICES)


@every_theme
def test_the_whole_program_is_dressed(style: Theme, qapp: QApplication) -> None:
    theme.apply(qapp, style)
    palette = qapp.palette()
    for role, colour in (
        (QPalette.ColorRole.WindowText, style.text),
        (QPalette.ColorRole.Window, style.panel),
        (QPalette.ColorRole.Base, style.field),
    ):
        assert palette.color(role).name().upper() == colour
    assert qapp.font().family() == theme.TEXT_FONT
    assert qapp.font().pixelSize() == round(13 * style.scale)
    assert "None" not in qapp.styleSheet()


def test_the_projector_has_larger_type() -> None:
    assert THEMES["projector"].size(13) > THEMES["light"].size(13) == 13


@every_theme
@pytest.mark.usefixtures("qapp")
def test_every_icon_is_drawn(style: Theme) -> None:
    names = [path.stem for path in asset("icons").glob("*.svg")]
    assert len(names) > 20
    for name in names:
        image = icons.icon(name, style).pixmap(32, 32).toImage()
        drawn = {image.pixelColor(x, y).alpha() for x in range(32) for y in range(32)}
        assert max(drawn) > 100, name


def test_icons_tell_where_what_is_seen_of_them_begins_and_ends() -> None:
    assert icons.inked("minus") == pytest.approx((4 / 24, 20 / 24), abs=0.03)
    assert icons.inked("panel-right") == pytest.approx((2 / 24, 22 / 24), abs=0.03)
    first, last = icons.inked("chevron-left")
    assert last - first < 0.4


def test_other_colours_change_the_palette_alone(qapp: QApplication) -> None:
    """A new style sheet takes three times as long."""
    sheets, shown = [], []
    for style in (THEMES["light"], THEMES["dark"], THEMES["projector"], THEMES["light"]):
        theme.apply(qapp, style)
        sheets.append(qapp.styleSheet())
        shown.append(qapp.palette().color(QPalette.ColorRole.Window).name().upper())
    assert sheets[0] == sheets[1] == sheets[3] != sheets[2]
    assert shown == [THEMES[name].panel for name in ("light", "dark", "projector", "light")]


def _page() -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    label = QLabel("Words")
    label.setProperty("role", "muted")
    for part in (label, QLineEdit("0.5")):
        column.addWidget(part)
    return page


def test_a_page_that_was_hidden_comes_to_the_front_in_the_new_colours(
    qapp: QApplication, qtbot: QtBot
) -> None:
    theme.apply(qapp, THEMES["light"])
    stack, pages = QStackedWidget(), [_page() for _ in range(2)]
    qtbot.addWidget(stack)
    for page in pages:
        stack.addWidget(page)
        theme.dress_late(page)
    stack.show()
    for name in ("dark", "light", "dark"):
        stack.setCurrentIndex(1)  # both have been seen
        stack.setCurrentIndex(0)
        theme.apply(qapp, THEMES[name])
        front = pages[0].grab().toImage()
        theme.dress_late(pages[1])
        stack.setCurrentIndex(1)
        assert pages[1].grab().toImage() == front, name
    theme.apply(qapp, THEMES["light"])
