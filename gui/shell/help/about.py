"""What Chainstep is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.presets import ARTICLE
from gui.language import speech
from gui.resources import version
from gui.shell.help.contents import build, parts
from gui.state import State


def show_about(state: State, parent: QWidget) -> None:
    """Say what Chainstep is, its version and its licences."""
    say = speech(state.look.locale)
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(say("About Chainstep"))
    box.setText(f"Chainstep {version()}")
    box.setInformativeText(
        say(
            "See backpropagation happen, one derivative at a time, in both directions.\n\n"
            "The article that it follows: {title}\n\n"
            "Build: {build}\n\n"
            "What is in it, and under which licence:\n{parts}"
        ).format(title=ARTICLE, build=build(say), parts="\n".join(parts(say)))
    )
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.open()
