"""gui.widgets.diagram.cursor: where the cursor alone moved, all looks as if painted anew."""

import random

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import Experiment
from gui.plots.shown import PlotsZoom
from gui.plots.view import PlotsView
from gui.state import Look
from gui.state.session import Session
from tests.gui.test_snapshots import pixels

ZOOMS = ((), (2.0, 9.0, -0.5, 1.5), (0.0, 3.0, 0.0, 1.0))


def act(session: Session, view: PlotsView, draw: random.Random) -> None:
    match draw.choice(
        ("step", "step", "seek", "seek", "seek", "seek", "zoom", "look", "mouse", "log")
    ):
        case "step":
            session.step(1)
        case "seek":
            session.seek(draw.randrange(session.state.last))
        case "zoom":
            session.show_view(PlotsZoom(weights=draw.choice(ZOOMS), outputs=draw.choice(ZOOMS)))
        case "look":
            session.set_look(theme=draw.choice(("light", "dark")), zoom=draw.choice((100, 125)))
        case "mouse":
            view._diagrams["weights"]._handle.setMouseHover(draw.random() < 0.5)
        case "log":
            session.set_look(logarithmic=draw.random() < 0.5)


def test_the_screen_shows_what_is_painted_anew(qtbot: QtBot) -> None:
    session, view = Session(Look(theme="light", movement=False)), PlotsView()
    session.open(Experiment(epochs=10), None)
    view.present(session.state)
    session.changed.connect(view.present)
    qtbot.addWidget(view)
    view.resize(1000, 220)
    view.show()
    qtbot.waitExposed(view)
    draw = random.Random(4)  # noqa: S311 - it keeps no secret
    for _ in range(80):
        act(session, view, draw)
        for _ in range(3):
            QApplication.processEvents()
        QApplication.sendPostedEvents(view, QEvent.Type.UpdateRequest.value)
        kept = view.screen().grabWindow(view.winId()).toImage()
        for plot in view._diagrams.values():
            plot._kept.expect()
            plot.viewport().repaint()
        anew = view.screen().grabWindow(view.winId()).toImage()
        assert np.array_equal(pixels(kept), pixels(anew))
