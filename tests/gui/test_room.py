"""What grows with its room and what gives way: formula and timeline, the rows of the chain rule."""

import pytest
from PySide6.QtWidgets import QLabel

from engine.presets import preset_named
from gui.panels.chain_rule.rows import Rows
from gui.shell.app import Chainstep
from gui.theme import THEMES
from tests.gui.screen import press, settle, wait_for


def type_sizes(program: Chainstep) -> list[int]:
    """Return the sizes of the sentence's type, of its heading and of the line over the timeline."""
    formula, timeline = program.window.formula, program.window.timeline
    return [
        label.font().pixelSize() for label in (formula._words, formula._heading, timeline._title)
    ]


def largest(program: Chainstep) -> int:
    return program.window.formula._line.font().pixelSize()


def close_all(program: Chainstep) -> None:
    window = program.window
    for dock in (window.experiment_dock, window.plots_dock, window.panels_dock):
        dock.hide()
    settle()


@pytest.mark.parametrize("theme", ["light", "projector"])
def test_with_the_panels_closed_all_type_grows_with_the_chain(
    program: Chainstep, theme: str
) -> None:
    program.session.set_look(theme=theme)
    press(program, *["Right"] * 8)
    program.window.resize(1920, 1080)
    settle()
    sizes, line, scale = type_sizes(program), largest(program), program.window.chain._scale
    close_all(program)
    assert program.window.chain._scale > 1.15 * scale
    assert all(now >= 1.15 * then for now, then in zip(type_sizes(program), sizes, strict=True))
    assert largest(program) > 1.15 * line
    for label in program.window.formula.findChildren(QLabel):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
        assert label.height() >= needed - 1, label.text()


def test_the_window_can_be_made_small_again(program: Chainstep) -> None:
    program.window.resize(1920, 1080)
    close_all(program)
    for dock in (program.window.experiment_dock, program.window.plots_dock):
        dock.show()
    program.window.resize(1024, 700)
    settle()
    assert (program.window.width(), program.window.height()) == (1024, 700)
    assert program.window.formula.height() == THEMES["light"].size(76)
    assert program.window.chain.height() >= program.window.chain.minimumSizeHint().height()


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_three_gradients_are_seen_at_1024_by_768(
    program: Chainstep, theme: str, language: str
) -> None:
    program.session.set_look(theme=theme, language=language)
    program.window.resize(1024, 768)
    press(program, "Ctrl+1", *["Right"] * 13)
    wait_for(lambda: program.parts.panels.done)
    rows = program.window.findChild(Rows, "derivatives")
    assert rows is not None
    assert rows.isVisible()
    assert rows._seen == range(3)
    assert rows.verticalScrollBar().maximum() == 0
    panels = program.parts.panels
    bottom = rows.mapTo(panels, rows.rect().bottomLeft()).y()
    assert bottom < panels.height()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_heading_of_a_step_is_cut_off(program: Chainstep, language: str) -> None:
    program.session.set_look(theme="projector", language=language, panel="chain_rule")
    program.session.replace_experiment(preset_named("vanishing").experiment)
    program.window.resize(1024, 700)
    program.window.panels_dock.show()
    settle()
    heading = program.window.formula._heading
    for step in range(0, 122, 7):
        program.session.seek(step)
        settle()
        assert heading.sizeHint().width() <= program.window.formula._side.width(), heading.text()
