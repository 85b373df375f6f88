"""gui.chain.changed: where only what changed is painted, all looks as if painted anew."""

import random

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine import Experiment, random_weights
from engine.quantities import Name, Quantity
from gui.chain.changed import around_box, changed
from gui.chain.picture import chain_picture
from gui.chain.view import ChainView
from gui.state import Look
from gui.state.session import Session
from tests.gui import examples
from tests.gui.test_snapshots import pixels

ROUNDED = 2
"""Of 255: what a part of a curve is blended to may be rounded otherwise than in the whole."""

DEEP = Experiment(weights=random_weights(12, 5), epochs=3)


def shown(qtbot: QtBot, experiment: Experiment) -> tuple[Session, ChainView]:
    session, view = Session(Look(theme="light", movement=False)), ChainView()
    session.open(experiment, None)
    view.present(session.state)
    session.changed.connect(view.present)
    qtbot.addWidget(view)
    view.resize(1000, 420)
    view.show()
    qtbot.waitExposed(view)
    return session, view


def on_screen(view: ChainView) -> QImage:
    """Return what stands on the screen, painted whenever it was."""
    return view.screen().grabWindow(view.winId()).toImage()


def act(session: Session, draw: random.Random) -> None:
    last = session.state.last
    numbers = (Name(Quantity.WEIGHT, 1), Name(Quantity.OUTPUT, 2), Name(Quantity.GRADIENT, 3), None)
    match draw.choice(("step", "step", "back", "seek", "point", "ring", "look", "digits")):
        case "step":
            session.step(1)
        case "back":
            session.step(-1)
        case "seek":
            session.seek(draw.randrange(last))
        case "point":
            session.point(draw.choice(numbers))
        case "ring":
            at = draw.choice(numbers)
            session.highlight(at, walks=at is not None)
        case "look":
            language, theme = draw.choice(("en", "es", "zh_CN")), draw.choice(("light", "dark"))
            session.set_look(language=language, theme=theme, zoom=draw.choice((100, 125)))
        case "digits":
            session.set_look(digits=draw.randint(2, 8), decimal=draw.choice(("", ",")))


def test_what_looks_as_in_the_sample_before_is_not_painted_again() -> None:
    """Its click leads elsewhere, that is all."""
    steps = examples.steps(Experiment())
    former, later = (
        chain_picture(examples.state(Experiment(), index), 900, 400) for index in (1, 1 + steps)
    )
    empty = [
        (was, box)
        for was, box in zip(former.boxes, later.boxes, strict=True)
        if not (was.number or box.number or box.note)  # the target is another
    ]
    where = changed(former, later, 11)
    assert empty
    assert where is not None
    for was, box in empty:
        assert was.wish != box.wish
        assert around_box(box) not in where


@pytest.mark.parametrize("experiment", [Experiment(), DEEP], ids=["all in sight", "moved along"])
def test_the_screen_shows_what_is_painted_anew(qtbot: QtBot, experiment: Experiment) -> None:
    session, view = shown(qtbot, experiment)
    draw = random.Random(4)  # noqa: S311 - it keeps no secret
    for _ in range(60):
        for _ in range(draw.randint(1, 3)):
            act(session, draw)
        QApplication.sendPostedEvents(view, QEvent.Type.UpdateRequest.value)
        QApplication.processEvents()
        kept = on_screen(view)
        view.repaint()
        assert np.abs(pixels(kept) - pixels(on_screen(view))).max() <= ROUNDED


class Areas(QObject):
    """Notes how many pixels are painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__()
        self.painted = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.painted += sum(part.width() * part.height() for part in event.region())
        return False


def test_a_step_paints_a_part_of_the_chain(qtbot: QtBot) -> None:
    session, view = shown(qtbot, Experiment())
    session.seek(5)
    QApplication.processEvents()
    areas = Areas(view)
    session.step(1)
    QApplication.processEvents()
    assert 0 < areas.painted < 0.5 * view.width() * view.height()
