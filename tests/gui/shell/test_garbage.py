"""Widgets of a closed window are deleted on the window's thread alone."""

import gc
import threading
from collections.abc import Iterator
from weakref import finalize

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gui.shell import garbage
from gui.shell.garbage import Collector


@pytest.fixture(autouse=True)
def _thresholds() -> Iterator[None]:
    gc.collect()
    thresholds, enabled = gc.get_threshold(), gc.isenabled()
    gc.enable()
    gc.set_threshold(50, 1, 1)
    yield
    gc.set_threshold(*thresholds)
    if not enabled:
        gc.disable()


def _make_much() -> None:
    kept = []
    for _ in range(20_000):
        one: list[object] = []
        one.append(one)
        kept.append([one])


def test_a_busy_thread_leaves_the_widgets_alone_and_the_window_collects_them(qtbot: QtBot) -> None:
    deleted: list[threading.Thread] = []
    with_timer = Collector()
    widget = QWidget()
    vars(widget)["itself"] = widget  # a circle, as signals and parts make them
    finalize(widget, lambda: deleted.append(threading.current_thread()))
    del widget
    thread = threading.Thread(target=_make_much)
    thread.start()
    thread.join()
    assert not deleted
    qtbot.waitUntil(lambda: bool(deleted), timeout=5000)
    assert deleted == [threading.main_thread()]
    del with_timer


def test_where_nothing_happens_it_sleeps_until_it_is_woken(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "_EVERY", 1)
    gc.set_threshold(0, 0, 0)  # nothing is ever due
    collector = Collector()
    qtbot.waitUntil(lambda: not collector._timer.isActive(), timeout=5000)
    gc.set_threshold(50, 1, 1)
    widget = QWidget()
    vars(widget)["itself"] = widget
    deleted: list[bool] = []
    finalize(widget, lambda: deleted.append(True))
    del widget
    _make_much()
    qtbot.wait(30)
    assert not deleted
    collector.wake()
    qtbot.waitUntil(lambda: bool(deleted), timeout=5000)


@pytest.mark.usefixtures("qtbot")
def test_who_steps_without_a_pause_is_not_kept_waiting_but_in_the_end_all_is_collected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, collected = [100.0], list[float]()
    monkeypatch.setattr(garbage, "collect_due", lambda: bool(collected.append(now[0]) or True))
    monkeypatch.setattr(garbage.time, "monotonic", lambda: now[0])
    collector = Collector()
    for _ in range(300):
        now[0] += 0.1
        collector.wake()
        collector._look()
    assert len(collected) == 1
    now[0] += 0.5
    collector._look()
    assert collected[1:] == [now[0]]
