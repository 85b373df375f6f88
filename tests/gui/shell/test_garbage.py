"""Widgets of a closed window are deleted on the window's thread alone."""

import gc
import threading
from collections.abc import Iterator
from weakref import finalize

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

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
