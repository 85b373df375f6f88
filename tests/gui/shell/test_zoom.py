"""Everything is drawn as large as the user and the system want it, and all of it stays in reach."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGridLayout,
    QLineEdit,
    QScrollArea,
    QSlider,
    QWidget,
)

from gui.panels import NAMES
from gui.shell.app import Chainstep
from gui.shell.settings import Settings
from gui.state import ZOOMS, Look
from gui.theme import THEMES, dressed, system_type
from gui.widgets.rows import Rows
from tests.gui.language.pseudo import CODE
from tests.gui.painted import cut_off
from tests.gui.screen import cells, entry, image, popups, press, settle, wait_for

CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QSlider)


def box_width(program: Chainstep) -> float:
    """Return how wide the first box of the chain is on screen."""
    chain = program.window.chain
    assert chain._picture is not None
    return chain._picture.boxes[0].width * chain._scale


def sizes(program: Chainstep) -> dict[str, float]:
    """Return how large type, chain, curves' letters and spaces are."""
    window, title = program.window, program.parts.titles[program.window.experiment_dock]
    return {
        "type": QApplication.font().pixelSize(),
        "chain": box_width(program),
        "formula": window.formula._line.font().pixelSize(),
        "cells": cells(program).height(),
        "spaces": title.layout().contentsMargins().left(),
        "icons": program.parts.bar._explanation.iconSize().width(),
    }


def test_keys_draw_everything_larger_and_smaller(program: Chainstep) -> None:
    program.window.resize(1900, 1600)
    settle()
    ordinary, first = sizes(program), image(program.window)
    press(program, *["Ctrl++"] * 3)
    assert program.session.state.look.zoom == 150
    settle()
    larger = sizes(program)
    for name, size in ordinary.items():
        assert larger[name] > 1.05 * size, name
    for name in ("type", "spaces", "icons"):
        assert larger[name] == pytest.approx(1.5 * ordinary[name], rel=0.08), name
    press(program, "Ctrl+0", *["Ctrl+-"] * 2)
    assert program.session.state.look.zoom == 75
    assert sizes(program)["type"] == 10
    press(program, "Ctrl+=", "Ctrl+=")
    settle()
    assert sizes(program) == ordinary
    assert image(program.window).size() == first.size()


@popups
def test_the_menu_has_them_and_says_where_they_end(program: Chainstep) -> None:
    for key, end in (("Ctrl++", ZOOMS[-1]), ("Ctrl+-", ZOOMS[0])):
        press(program, *[key] * len(ZOOMS))
        assert program.session.state.look.zoom == end
    assert not entry(program, "Smaller").isEnabled()
    assert entry(program, "Smaller").toolTip() == "This is the smallest size"
    assert entry(program, "Larger").isEnabled()
    entry(program, "Ordinary size").trigger()
    assert program.session.state.look.zoom == 100
    assert not entry(program, "Ordinary size").isEnabled()


@pytest.mark.usefixtures("qapp")
def test_the_size_is_remembered(settings: Settings) -> None:
    settings.remember(Look(zoom=175))
    assert Settings(settings.values).look().zoom == 175
    settings.values.setValue("look/zoom", 7000)
    assert Settings(settings.values).look().zoom == 100


@pytest.mark.usefixtures("qapp")
def test_the_systems_size_of_type_is_followed(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    font = QFont()

    def asks_for(pixels: int) -> Look:
        font.setPixelSize(pixels)
        return Settings(settings.values).look()

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _kind: font)
    for pixels, enlarged in ((9, 1.0), (15, 1.0), (18, 1.2), (30, 2.0), (90, 3.0)):
        look = asks_for(pixels)
        assert look.enlarged == enlarged
        assert dressed(look).size(100) == 100 * enlarged
    settings.remember(Look(zoom=150))
    assert asks_for(18).enlarged == pytest.approx(1.8)
    assert asks_for(60).enlarged == 3.0, "no larger than can be used"
    monkeypatch.setattr("sys.platform", "win32")
    font.setPixelSize(18)
    assert system_type() == 1.5


def test_spaces_come_back_however_often_the_size_changes(program: Chainstep) -> None:
    """Rows set their margins themselves meanwhile; their gaps must not grow by that each time."""
    weights = program.parts.experiment.findChildren(Rows)

    def gaps() -> list[tuple[int, int]]:
        grids = [rows.widget().layout() for rows in weights]
        assert all(isinstance(grid, QGridLayout) for grid in grids)
        return [(grid.horizontalSpacing(), grid.verticalSpacing()) for grid in grids]

    program.window.resize(1900, 1600)
    settle()
    ordinary = gaps()
    for _ in range(3):
        press(program, *["Ctrl++"] * 5)
        settle()
        assert gaps() == [(2 * across, 2 * down) for across, down in ordinary]
        press(program, "Ctrl+0")
        settle()
        assert gaps() == ordinary


def test_all_rows_of_the_experiment_keep_one_column(program: Chainstep) -> None:
    program.window.resize(1900, 1600)
    for zoom in (100, 200):
        program.session.set_look(zoom=zoom)
        settle()
        fewer, field = (
            program.window.findChild(QWidget, name) for name in ("fewer layers", "weights[0]")
        )
        assert fewer is not None
        assert field is not None
        assert (
            fewer.mapTo(program.window, QPoint()).x() == field.mapTo(program.window, QPoint()).x()
        )


@pytest.mark.parametrize("language", ["es", CODE])
@pytest.mark.parametrize("zoom", [125, 200])
def test_nothing_is_cut_off_in_large_type(
    pseudo_language: str, program: Chainstep, language: str, zoom: int
) -> None:
    """The chain is moved along there, and its line is wider than the formula's label."""
    assert pseudo_language == CODE
    program.window.resize(1366, 768)
    press(program, *["Right"] * 8)
    program.session.set_look(zoom=300)
    settle()
    program.session.set_look(zoom=zoom, language=language)
    for panel in ("surface", "map", "diagnosis"):
        program.parts.show_panel(panel)
        settle()
        dock = program.window.panels_dock
        assert cut_off(dock) == [], panel
        assert cut_off(program.window.timeline) == []


def test_words_beside_the_formula_keep_their_room(program: Chainstep) -> None:
    program.window.resize(1366, 768)
    press(program, *["Right"] * 8)
    program.session.set_look(language="es")
    for zoom in ZOOMS:
        program.session.set_look(zoom=zoom)
        program.parts.show_panel("numbers")
        settle()
        words = program.window.formula._words
        longest = max(words.text().split(), key=len)
        assert words.fontMetrics().horizontalAdvance(longest) <= words.width(), zoom
        assert words.heightForWidth(words.width()) <= words.height() + 1, zoom


@pytest.mark.parametrize("kind", [QEvent.Type.ThemeChange, QEvent.Type.ApplicationFontChange])
def test_another_size_of_type_is_followed_while_running(
    program: Chainstep, monkeypatch: pytest.MonkeyPatch, kind: QEvent.Type
) -> None:
    program.window.resize(1900, 1600)
    settle()
    ordinary, font = sizes(program), QFont()
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _kind: font)
    for pixels, factor in ((30, 2.0), (15, 1.0)):
        font.setPixelSize(pixels)
        QApplication.sendEvent(program.window, QEvent(kind))
        wait_for(lambda factor=factor: program.session.state.look.enlarged == factor)
        settle()
        for name in ("type", "spaces", "icons"):
            assert sizes(program)[name] == pytest.approx(factor * ordinary[name], rel=0.08), name
    assert sizes(program) == ordinary
    assert program.session.state.look.zoom == 100


def test_the_same_look_has_the_same_theme() -> None:
    assert dressed(Look(theme="dark")) is THEMES["dark"]
    assert dressed(Look(zoom=150)) is dressed(Look(zoom=150, digits=7))
    assert dressed(Look(theme="projector", zoom=200)).size(100) == 250


def seen(control: QWidget) -> QRect:
    """Return what is to be seen of a control."""
    return control.visibleRegion().boundingRect()


def brought_into_view(control: QWidget) -> bool:
    """Scroll to a control, as Tab does; tell whether it is seen, all of it that has room."""
    place: QWidget | None = control.parentWidget()
    room = control.size()
    while place is not None:
        if isinstance(place, QScrollArea):
            place.ensureWidgetVisible(control)
            room = room.boundedTo(place.viewport().size())
        place = place.parentWidget()
    found = seen(control).size()
    return found.width() >= room.width() and found.height() >= room.height()


SCREENS = [
    (903, 472, 100, "en"),
    (952, 500, 150, "zh_CN"),
    (903, 472, 200, "en"),
    (1440, 900, 300, "zh_CN"),
    (1910, 1040, 75, "en"),
]
"""The room of 1366 × 768 at 150 %, 1920 × 1080 at 200 %, and so on; the zoom; the language."""


@popups
@pytest.mark.parametrize(("width", "height", "zoom", "language"), SCREENS)
def test_every_control_can_be_reached_in_any_size(
    program: Chainstep, width: int, height: int, zoom: int, language: str
) -> None:
    window = program.window
    window.setMinimumSize(width, height)
    program.session.set_look(zoom=zoom, language=language)
    window.resize(width, height)
    settle()
    tried = 0
    for number in range(1, len(NAMES) + 1):
        press(program, f"Ctrl+{number}")
        wait_for(lambda: program.parts.panels.done, 20_000)
        settle()
        assert (window.width(), window.height()) == (width, height)
        for control in window.findChildren(QWidget):
            if (
                isinstance(control, CONTROLS)
                and control.isVisible()
                and window.isAncestorOf(control)
            ):
                tried += 1
                assert brought_into_view(control), (NAMES[number - 1], control.objectName())
    assert tried > 100
    inside = window.rect()
    for part in (window.menuBar(), window.statusBar(), program.parts.bar, window.centralWidget()):
        assert inside.contains(QRect(part.mapTo(window, QPoint(0, 0)), part.size()))


TOO_SMALL_ON_PURPOSE = ("qt_", "ScrollLeftButton", "ScrollRightButton")


@popups
@pytest.mark.parametrize("zoom", [75, 100])
def test_every_target_is_large_enough(program: Chainstep, zoom: int) -> None:
    program.session.set_look(zoom=zoom)
    found = {}
    for number in range(1, len(NAMES) + 1):
        press(program, f"Ctrl+{number}")
        settle()
        for control in program.window.findChildren(QWidget):
            if isinstance(control, CONTROLS) and control.isVisible():
                if control.objectName().startswith(TOO_SMALL_ON_PURPOSE):
                    continue
                found[control] = min(control.width(), control.height())
    assert cells(program).height() >= 24
    assert len(found) > 40
    small = {c.objectName() or repr(c): side for c, side in found.items() if side < 24}
    assert not small
