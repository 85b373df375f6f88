"""What is seen depends on the theme alone, not on those before it, nor on when a part was made."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from gui.panels import NAMES
from gui.shell.app import Chainstep
from gui.shell.settings import Settings
from gui.state import Look
from gui.theme import THEMES, Theme
from tests.gui.screen import image, press, settle, wait_for
from tests.gui.theme.test_theme import LEAST, contrast

ORDERS = [
    ("light", "dark", "projector"),
    ("dark", "projector", "light"),
    ("projector", "light", "dark"),
]

Open = Callable[[Look], Chainstep]


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot, settings: Settings) -> Iterator[Open]:
    """Open the program in a look, as often as a test wants."""
    made: list[Chainstep] = []

    def start(look: Look) -> Chainstep:
        program = Chainstep(qapp, settings, look)
        made.append(program)
        with qtbot.waitExposed(program.window):
            program.show()
        program.window.chain.removeEventFilter(program)
        assert program.parts
        settle()
        return program

    yield start
    for program in made:
        program.window.close()
        program.session.close()
        program.window.deleteLater()
    qapp.processEvents()


def look_in(theme: str, panel: str = "chain_rule") -> Look:
    return Look(language="en", theme=theme, panel=panel, movement=False)


def seen(program: Chainstep) -> QImage:
    """Return the panel in front, when all of it is there."""
    wait_for(lambda: program.parts.panels.done, 20_000)
    return image(program.parts.panels)


def whole(program: Chainstep) -> QImage:
    """Return the window, when all of it is there and has its place."""
    QTest.qWait(100)
    seen(program)
    return image(program.window)


def backgrounds(style: Theme) -> set[str]:
    """Return the colours that large areas may have."""
    named = {style.panel, style.canvas, style.field, style.border, style.accent}
    return {QColor(colour).name() for colour in named}


def colours(shown: QImage) -> dict[str, int]:
    """Count the colours of a picture."""
    pixels = np.frombuffer(shown.constBits(), dtype=np.uint32) & 0xFFFFFF
    found, counts = np.unique(pixels, return_counts=True)
    return {f"#{colour:06x}": int(n) for colour, n in zip(found, counts, strict=True)}


def readable(widget: QWidget, style: Theme) -> bool:
    """Tell whether a widget stands on a background of the theme, with something to read."""
    found = colours(image(widget))
    *others, background = sorted(found, key=found.__getitem__)
    best = max(contrast(background, colour) for colour in others[-60:])
    return background in backgrounds(style) and best >= LEAST[style.name]


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_every_panel_first_seen_in_one_theme_is_readable_in_all(
    opened: Open, order: tuple[str, ...]
) -> None:
    program = opened(look_in(order[0]))
    for theme in order:
        program.session.set_look(theme=theme)
        for number, panel in enumerate(NAMES, start=1):
            press(program, f"Ctrl+{number}")
            every_text_is_readable(program, panel, THEMES[theme])


def every_text_is_readable(program: Chainstep, panel: str, style: Theme) -> None:
    """Look at the panel in front, and at the program in it by itself."""
    seen(program)
    texts = [text for text in program.window.findChildren(QTextEdit) if text.isVisible()]
    assert bool(texts) == (panel == "code")
    for part in (program.parts.panels, *texts):
        assert readable(part, style), f"{part.objectName()} of {panel} in {style.name}"


@pytest.mark.parametrize("order", ORDERS, ids="-".join)
def test_a_theme_looks_the_same_after_any_other(opened: Open, order: tuple[str, ...]) -> None:
    first = opened(look_in(order[0]))
    fresh = whole(first)
    for theme in (*order[1:], order[0]):
        first.session.set_look(theme=theme)
        whole(first)
    # Who switches to large type keeps the panels that a first start would have no room for.
    if THEMES[order[0]].scale == 1.0:
        assert whole(first) == fresh


@pytest.mark.parametrize("panel", ["code", "numbers", "gradient_check"])
def test_a_panel_looks_the_same_wherever_it_was_first_seen(opened: Open, panel: str) -> None:
    fresh = whole(opened(look_in("dark", panel)))
    other = opened(look_in("light"))
    press(other, f"Ctrl+{NAMES.index(panel) + 1}")
    whole(other)
    for theme in ("projector", "dark"):
        other.session.set_look(theme=theme)
        whole(other)
    assert whole(other) == fresh


def test_a_first_start_on_a_dark_system_is_dark_and_readable(opened: Open) -> None:
    program = opened(Look(language="en", dark_system=True, movement=False))
    for dark_system, name in ((True, "dark"), (False, "light"), (True, "dark")):
        program.session.set_look(dark_system=dark_system)
        for number, panel in enumerate(NAMES, start=1):
            press(program, f"Ctrl+{number}")
            every_text_is_readable(program, panel, THEMES[name])
