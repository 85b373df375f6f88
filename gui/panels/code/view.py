"""The code panel."""

from collections.abc import Collection

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from engine.programs import FORMS
from gui.language import speech
from gui.panels.code.picture import CodePicture, code_picture
from gui.panels.code.text import CodeText
from gui.state import State
from gui.state.intents import Do, Show
from gui.theme import Theme, dressed
from gui.widgets.button import Button
from gui.widgets.labels import Items, heading
from gui.widgets.memo import Memo
from gui.widgets.panel import Panel
from gui.widgets.tabs import Tabs


class CodeView(Panel):
    """Shows the training as a program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("code")
        self._shown = Memo[tuple[CodePicture, Theme, str]]()
        self._intro = heading("muted")
        self._intro.setWordWrap(True)
        self._forms = _Forms(FORMS, "small")
        self._forms.chosen.connect(lambda name: self.wished.emit(Show({"form": name})))
        self._text = CodeText()
        self._caption = Items("")
        self._caption.setObjectName("code step")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._copy, self._save = Button(role="small"), Button(role="small")
        self._copy.setObjectName("copy code")
        self._save.setObjectName("save code")
        self._copy.clicked.connect(self._copy_all)
        self._save.clicked.connect(lambda: self.wished.emit(Do("export program")))
        self._arrange()

    @property
    def main(self) -> QWidget:
        """The program."""
        return self._text

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._copy)
        buttons.addWidget(self._save)
        buttons.addWidget(self._caption, 1)
        buttons.setContentsMargins(14, 0, 14, 0)
        self._intro.setContentsMargins(14, 0, 14, 0)
        self._forms.setContentsMargins(14, 0, 4, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(8)
        column.addWidget(self._intro)
        column.addWidget(self._forms)
        column.addWidget(self._text, 1)
        column.addLayout(buttons)

    def present(self, state: State) -> None:
        """Show the program of the run, and mark the lines of the present step."""
        picture, theme = code_picture(state), dressed(state.look)
        shown = (picture, theme, state.look.locale)
        if not self._shown.renew(shown):
            return
        say = speech(state.look.locale)
        self._intro.setText(picture.intro)
        words = {form.name: form.word for form in picture.forms}
        hints = {form.name: form.hint for form in picture.forms}
        self._forms.present(theme, picture.form, words, hints)
        self._forms.block({form.name for form in picture.forms if form.blocked})
        self._text.present(picture.listing, picture.marked, picture.ink, theme, say)
        self._caption.colour = QColor(theme.inks[picture.ink].text)
        self._caption.setText(picture.caption)
        self._caption.update()
        self._text.setAccessibleName(say("The program"))
        self._text.setAccessibleDescription(picture.sentence)
        self._copy.present(theme, say("Copy"), say("Copy the whole program"))
        self._save.present(theme, say("Save…"), say("Save the whole program as a file"))

    def _copy_all(self) -> None:
        if self._shown.value is None:
            return
        picture, _, language = self._shown.value
        QGuiApplication.clipboard().setText(picture.listing.text)
        where = self._copy.mapToGlobal(QPoint(0, 0))
        say = speech(language)
        QToolTip.showText(where, say("Copied"), self._copy)


class _Forms(Tabs):
    """The forms of the program, some of which may not be possible."""

    def block(self, names: Collection[str]) -> None:
        """Let none of these be chosen."""
        for name, button in self._buttons.items():
            button.allow(name not in names)
