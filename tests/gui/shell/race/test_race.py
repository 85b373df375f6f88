"""Why backpropagation? The race: by menu and key, stoppable, without movement, in words."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from engine import Experiment
from engine.chain_rule.multiplications import count
from gui.shell.app import Chainstep
from gui.shell.race.dialog import LaneBar, RaceDialog
from gui.shell.race.picture import CHAINS, LASTS, WAYS, Race, race_picture
from gui.state import Look
from tests.gui import examples
from tests.gui.listening import a_reader_listens, told
from tests.gui.screen import popups, press, settle, wait_for


def opened() -> RaceDialog:
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, RaceDialog)]
    [dialog] = [one for one in found if one.isVisible()]
    return dialog


def words(dialog: RaceDialog) -> str:
    return " | ".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.parametrize("layers", CHAINS)
def test_the_counters_go_up_together_until_they_arrive(layers: int) -> None:
    race, seen = Race(layers), []
    for tenth in range(int(10 * LASTS) + 5):
        race.advance(tenth / 10)
        seen.append([race.counted(name) for name in WAYS])
    assert seen[0] == [0, 0, 0]
    totals = [getattr(count(layers), name) for name in WAYS]
    for before, after in pairwise(seen):
        assert all(a <= b for a, b in zip(before, after, strict=True))
        # The same pace: who has not arrived has made as many as the fastest.
        assert all(now in (max(after), total) for now, total in zip(after, totals, strict=True))
    assert seen[-1][-1] == totals[-1]
    assert race.over
    picture = race_picture(race, "en")
    assert picture.summary
    assert "ready after 4 s" in picture.lanes[-1].told


def test_what_does_not_arrive_says_how_long_it_would_take() -> None:
    race = Race(200)
    race.advance(LASTS)
    expanded, written_out, backprop = race_picture(race, "en").lanes
    assert expanded.told == "not ready: at this pace it takes 7 min"  # 40000 at 99.75 a second
    assert written_out.told == "not ready: at this pace it takes 4 min"
    assert backprop.counted == "399 of 399 multiplications"


@popups
def test_without_movement_the_end_is_shown_at_once(program: Chainstep) -> None:
    press(program, "Ctrl+B")
    dialog = opened()
    assert not dialog.running
    assert "5 of 5 multiplications · ready after 4 s" in words(dialog)
    QTest.keyClick(dialog, "4")
    assert "not ready: at this pace it takes 7 min" in words(dialog)
    bars = dialog.findChildren(LaneBar)
    assert any("399 of 399" in text for bar in bars for text in told(bar))
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    settle()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, RaceDialog)]
    program.parts.actions["why"].trigger()
    opened().reject()


@popups
@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("language", ["zh_CN", "es"])
def test_it_moves_and_can_be_stopped(language: str) -> None:
    look = Look(language=language, movement=True)
    state = replace(examples.state(Experiment()), look=look)
    dialog = RaceDialog(state, None)
    dialog.show()
    dialog.choose(200)
    QTest.qWait(150)
    assert dialog.running
    QTest.keyClick(dialog, Qt.Key.Key_Space)
    assert not dialog.running
    stands = dialog.race.counted("backprop")
    assert 0 < stands < 399
    QTest.qWait(80)
    assert dialog.race.counted("backprop") == stands
    QTest.keyClick(dialog, Qt.Key.Key_Space)
    wait_for(lambda: dialog.race.counted("backprop") > stands)
    dialog.reject()
    settle()


@popups
@pytest.mark.usefixtures("qapp")
def test_the_end_is_said_once_to_who_does_not_see_the_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    moving = replace(examples.state(Experiment()), look=Look(language="en", movement=True))
    with a_reader_listens(monkeypatch) as heard:
        dialog = RaceDialog(moving, None)
        dialog.show()
        QTest.keyClick(dialog, "4")
        QTest.keyClick(dialog, Qt.Key.Key_Space)
        dialog._before = LASTS - 0.05
        assert not heard.new()
        QTest.keyClick(dialog, Qt.Key.Key_Space)
        wait_for(lambda: dialog.race.over)
        (said,) = heard.new()
        QTest.qWait(50)
        assert not heard.new()
    assert "Backpropagation: 399 of 399 multiplications, ready after 4 s" in said
    assert "Expanded: 1\u202f197 of 40\u202f000 multiplications, not ready" in said
    assert said.endswith("that is why.")
    dialog.reject()
    settle()
