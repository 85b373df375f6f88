"""The steps of a run as an animation or a hand-out: what is asked, then made, then written."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from engine import Cancelled
from gui.animation.frames import animation, grabbed
from gui.animation.handout import handout
from gui.chain.view import ChainView
from gui.language import speech
from gui.shell.files.documents import Documents
from gui.shell.files.progress import watching
from gui.shell.files.steps_dialog import StepsDialog, Wanted
from gui.state import State
from gui.state.session import Session
from gui.theme import load_fonts
from gui.words.names import experiment_name

_WIDE, _HIGH = 900, 470
"""In pixels: a chain alone."""


def export_steps(session: Session, documents: Documents, window: QWidget, kind: str) -> None:
    """Ask for steps and a name, and write them as .gif or .pdf; it can be stopped meanwhile."""
    state = session.state
    say = speech(state.look.locale)
    moves = kind == ".gif"
    title = say("Animation of the steps") if moves else say("Hand-out of the steps")
    dialog = StepsDialog(state, title, window, moves=moves)
    if dialog.exec() != QDialog.DialogCode.Accepted or dialog.wanted is None:
        return
    wanted = dialog.wanted
    named = say("steps {first} to {last}").format(first=wanted.steps[0], last=wanted.steps[-1])

    def content(_path: Path) -> bytes:
        words, cancel = say("Drawing the steps…"), say("Cancel")
        with watching(len(wanted.steps), words, cancel, window) as tell:
            return _made(session, wanted, kind, tell, window)

    with suppress(Cancelled):
        documents.export_picture(named, (kind,), content)


def _made(
    session: Session, wanted: Wanted, kind: str, tell: Callable[[int], None], window: QWidget
) -> bytes:
    stood = session.state
    load_fonts()

    def seen(index: int) -> State:
        return replace(stood, index=index, playing=False, pointed=None, highlight=None)

    chain = ChainView()
    if wanted.part == "chain":
        chain.resize(_WIDE, _HIGH)

        def show(index: int) -> QImage:
            look = replace(stood.look, movement=False)
            chain.present(replace(seen(index), look=look))
            return grabbed(chain)

    else:

        def show(index: int) -> QImage:
            session.seek(index)
            QApplication.sendPostedEvents()
            return grabbed(window)

    try:
        if kind == ".gif":
            return animation(wanted.steps, show, wanted.delay, tell)
        of_window = show if wanted.part == "window" else None
        return handout(wanted.steps, seen, tell, experiment_name(stood), of_window)
    finally:
        # Not left to Python, which would take it apart at some other time.
        chain.deleteLater()
        if wanted.part == "window":
            session.seek(stood.index)
