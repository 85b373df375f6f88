"""Help → Report a problem…: all that is needed to find and repair the problem."""

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from engine.files.experiment_file import to_json
from gui.errors.faults import environment, faults, log_file, text_of, written
from gui.language import Say, speech
from gui.language.joining import sentences
from gui.shell.screen import fit_to_screen
from gui.state import State
from gui.theme import code_font, dressed
from gui.widgets.labels import heading
from gui.widgets.selecting import Selecting

_WIDTH, _HEIGHT = 720, 520
"""In pixels, at the ordinary size of type."""

_LAST = 40_000
"""In characters: the length of the end of the file that is shown."""


def show_report(state: State, parent: QWidget) -> QDialog:
    """Show what is open, what it runs on, and what went wrong, to be copied; Esc closes it."""
    say, theme = speech(state.look.language), dressed(state.look)
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setObjectName("report dialog")
    dialog.setWindowTitle(say("Report a problem"))
    dialog.resize(theme.size(_WIDTH), theme.size(_HEIGHT))
    fit_to_screen(dialog)
    intro, place = QLabel(_intro(say)), heading("muted")
    place.setText(say("Recorded in {path}").format(path=log_file()))
    for label in (intro, place):
        label.setWordWrap(True)
    place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    text = QPlainTextEdit(report(state, parent))
    text.setReadOnly(True)
    for selected in (text, place):
        Selecting(selected)
    text.setFont(code_font(theme.size(12)))
    text.setAccessibleName(dialog.windowTitle())
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 20)
    column.setSpacing(12)
    for part in (intro, text, place, _buttons(dialog, text, say)):
        column.addWidget(part)
    dialog.open()
    return dialog


def _buttons(dialog: QDialog, text: QPlainTextEdit, say: Say) -> QDialogButtonBox:
    buttons = QDialogButtonBox()
    copy, folder, close = (
        QPushButton(words) for words in (say("Copy all"), say("Open the folder"), say("Close"))
    )
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text.toPlainText()))
    folder.clicked.connect(_open_folder)
    close.clicked.connect(dialog.reject)
    buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
    buttons.addButton(folder, QDialogButtonBox.ButtonRole.ActionRole)
    buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
    folder.setVisible(log_file().parent.is_dir())  # before a fault there may be none to open
    copy.setDefault(True)
    return buttons


def _open_folder() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file().parent)))


def _intro(say: Say) -> str:
    nothing = say("There was no internal error since the window was opened.")
    failed = say("There was an internal error since the window was opened: see the end.")
    say_how = say(
        "Copy this text into your report, and say what you did. Nothing is sent automatically."
    )
    return sentences((failed if faults.count else nothing, say_how), say)


def report(state: State, window: QWidget) -> str:
    """Return the text of a report; it is the same in all languages."""
    look, screen = state.look, window.screen()
    size, all_of = window.size(), screen.size()
    looks = (
        f"{look.language}, {look.palette}, panel {look.panel}, Qt {qVersion()}"
        f" on {QGuiApplication.platformName()}, window {size.width()} × {size.height()}"
        f" of {all_of.width()} × {all_of.height()} at {screen.devicePixelRatio():g}"
    )
    place = f"step {state.index} of {state.last}"
    kept = written() or "\n".join(map(text_of, faults.noted))
    return "\n".join(
        (environment(), looks, place, to_json(state.experiment), kept[-_LAST:])
    ).rstrip()
