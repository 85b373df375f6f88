"""The help: the list of all keys, and what Chainstep is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QMessageBox, QVBoxLayout, QWidget

from engine.presets import ARTICLE
from gui.language import speech
from gui.resources import version
from gui.shell.actions import Actions, key_name
from gui.state import State
from gui.widgets.labels import heading


def show_keys(actions: Actions, state: State, parent: QWidget) -> QDialog:
    """Show every key and what it does; Esc or F1 closes it."""
    say = speech(state.look.locale)
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName("keys dialog")
    dialog.setWindowTitle(say("All keys"))
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(14)
    grid = QGridLayout()
    grid.setHorizontalSpacing(32)
    grid.setVerticalSpacing(5)
    with_keys = [entry for entry in actions.entries.values() if entry.keys]
    half = (len(with_keys) + 1) // 2
    for place, entry in enumerate(with_keys):
        row, column_of = place % half, 2 * (place // half)
        key = QLabel(key_name(entry, say))
        grid.addWidget(key, row, column_of)
        grid.addWidget(QLabel(say(entry.text)), row, column_of + 1)
    column.addLayout(grid)
    for text in (
        say(
            "While you edit a number, keys go to its field. They step again after Enter, a moment"
            " after the last edit, or when → goes beyond the end of the number."
        ),
        say("↑ and ↓ count whole numbers up and down."),
        say("Tab goes to the next control; Enter presses a button or opens a list."),
        say(
            "Click a weight to edit it. Click a neuron or a derivative to go to the step that"
            " computes it."
        ),
    ):
        note = heading("muted")
        note.setText(text)
        column.addWidget(note)
    dialog.open()
    return dialog


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
