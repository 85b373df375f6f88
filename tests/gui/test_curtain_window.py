"""The curtain in the window: who predicts sees nothing of the end, in no part."""

import pytest
from PySide6.QtWidgets import QLabel

from gui.panels import NAMES
from gui.shell.app import Chainstep
from gui.shell.settings import Settings
from gui.state import Look
from gui.widgets.table import Table
from tests.gui.screen import (
    button,
    click,
    entry,
    popups,
    press,
    settle,
    take,
    texts,
    truth,
    wait_for,
)


def words(program: Chainstep) -> str:
    """Return all that is written in the window."""
    settle()
    labels = [label for label in program.window.findChildren(QLabel) if label.isVisible()]
    return " | ".join([*(label.text() for label in labels), *texts(program).values()])


def drawn_to(program: Chainstep, name: str) -> float:
    """Return the last epoch that is drawn in a plot."""
    assert program._plots is not None
    curves = program._plots._diagrams[name]._lines.values()
    return max((float(curve.x[-1]) for curve in curves if len(curve.x)), default=0.0)


@popups
def test_the_switch_hides_and_shows_in_every_part(program: Chainstep) -> None:
    press(program, "Ctrl+Right", "Ctrl+Right")
    assert "converged at epoch 191" in truth(program)
    assert drawn_to(program, "loss") > 200
    take(program, "Hide the future")
    assert entry(program, "Hide the future").isChecked()
    assert truth(program).startswith("the future is hidden")
    for name in ("loss", "weights", "outputs"):
        assert drawn_to(program, name) <= 2.0
    for number in range(1, len(NAMES) + 1):
        press(program, f"Ctrl+{number}")
        wait_for(lambda: program.parts.panels.done)
        assert "191" not in words(program)
    press(program, "End")
    assert "converged at epoch 191" in truth(program)
    press(program, "Left")
    assert "191" in truth(program), "it is past by now"
    press(program, "Home", "Ctrl+Right")
    assert "191" not in truth(program)
    assert drawn_to(program, "weights") <= 1.0


def test_the_button_at_the_plots_is_the_same_switch(program: Chainstep) -> None:
    curtain = button(program, "curtain")
    assert curtain.accessibleName() == "Hide the future"
    click(curtain)
    assert curtain.isChecked()
    assert entry(program, "Hide the future").isChecked()
    assert drawn_to(program, "loss") == 0.0
    before = program._plots._diagrams["loss"]._view_range if program._plots else ()
    for _ in range(13):
        press(program, "Right")
    assert program._plots is not None
    assert program._plots._diagrams["loss"]._view_range[:2] == before[:2]
    click(curtain)
    assert not entry(program, "Hide the future").isChecked()
    assert drawn_to(program, "loss") > 200


def test_the_history_grows_with_the_run(program: Chainstep) -> None:
    program.session.set_look(curtain=True, panel="numbers", table="history")
    history = program.window.findChild(Table, "history table")
    assert history is not None
    rows = []
    for _ in range(3):
        rows.append(history.model().rowCount())
        press(program, "Shift+Right")
    assert rows == [0, 1, 2]
    press(program, "Left")
    assert history.model().rowCount() == 2


@pytest.mark.parametrize("on", [True, False])
def test_it_is_remembered(settings: Settings, on: bool) -> None:  # noqa: FBT001
    settings.remember(Look(curtain=on))
    assert settings.look().curtain is on
