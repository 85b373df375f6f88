"""What Chainstep is."""

from PySide6.QtWidgets import QMessageBox, QWidget

from engine.presets import ARTICLE
from gui.language import speech
from gui.resources import version
from gui.state import State


def show_about(state: State, parent: QWidget) -> None:
    """Say what Chainstep is, its version and its licences."""
    say = speech(state.look.locale)
    box = QMessageBox(parent)
    box.setWindowTitle(say("About Chainstep"))
    box.setText(f"Chainstep {version()}")
    box.setInformativeText(
        say(
            "See backpropagation happen, one derivative at a time, in both directions.\n\n"
            "The article that it follows: {title}\n\n"
            "MIT licence; fonts by the Inter, Noto, STIX and JetBrains Mono projects (OFL),"
            " icons by Lucide (ISC)."
        ).format(title=ARTICLE)
    )
    box.open()
