"""The strip of a practice, under the formula: the verdict, hints, and what is practised."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMenu, QWidget

from gui.language import Say, speech
from gui.practice.field import AnswerSeat
from gui.practice.picture import (
    EVERY_WORDS,
    FRESH_WORDS,
    WHICH_WORDS,
    PracticePicture,
    practice_picture,
)
from gui.state import State
from gui.state.changes import PracticeChanges
from gui.state.intents import (
    Answer,
    ChoosePractice,
    Do,
    HoldKeys,
    Practise,
    ShowAnswer,
    TrainRule,
)
from gui.state.practice import Practice, Question
from gui.theme import Theme, dressed, text_font
from gui.widgets.button import Button
from gui.widgets.isolated import IsolatedWidget
from gui.widgets.verdict_box import VerdictBox

_LINES, _AROUND, _SIDE = 2.2, 22, 24
"""The lines of a verdict that always have room; in pixels, what is above and below, and beside."""


class PracticeView(IsolatedWidget):
    """Shows a practice. Its `seat`, field and button, is to stand in the formula line.

    `wished` carries an `Intent`. It keeps its height, so that the chain does not jump.
    """

    wished = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("practice")
        self.seat = AnswerSeat()
        self.seat.field.answered.connect(lambda text: self.wished.emit(Answer(text)))
        self.seat.field.left.connect(self._leave)
        self.seat.field.holding.connect(lambda holds: self.wished.emit(HoldKeys(holds)))
        self._box = VerdictBox()
        self._box.bound()
        self._hint, self._show, self._rule = (Button(role="small") for _ in range(3))
        self._choices = Button("chevron-down", "small")
        buttons = {"hint": self._hint, "show answer": self._show, "train rule": self._rule}
        for name, button in {**buttons, "practice choices": self._choices}.items():
            button.setObjectName(name)
        self._hint.clicked.connect(lambda: self.wished.emit(Do("hint")))
        self._show.clicked.connect(lambda: self.wished.emit(ShowAnswer()))
        self._rule.clicked.connect(lambda: self.wished.emit(TrainRule()))
        self._choices.clicked.connect(self._offer)
        self._question: Question | None = None
        self._practice = Practice()
        self._say: Say = speech("en")
        row = QHBoxLayout(self.inside)
        row.setContentsMargins(_SIDE, 4, _SIDE, 4)
        row.setSpacing(8)
        row.addWidget(self._box, 1)
        for button in (self._rule, self._hint, self._show, self._choices):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def present(self, state: State) -> None:
        """Show the practice of a state, or nothing."""
        picture, theme = practice_picture(state), dressed(state.look)
        self.setVisible(picture is not None)
        if picture is None or state.practice is None:
            self._ask(None)
            return
        self._say, self._practice = speech(state.look.locale), state.practice
        self._present_buttons(picture, theme)
        line = QFontMetricsF(text_font(theme.size(13))).lineSpacing()
        self.setFixedHeight(round(_LINES * line) + theme.size(_AROUND))
        self._box.present(theme, picture.ink, picture.lead, picture.words, picture.note)
        self.seat.present(picture, theme, self._say)
        self._ask(state.question)

    def _present_buttons(self, picture: PracticePicture, theme: Theme) -> None:
        say = self._say
        self._hint.present(theme, say("Hint"), say("What the step does, then its formula (F3)"))
        self._show.present(theme, say("Show me"), say("Show the result, and go on"))
        self._rule.present(theme, picture.rule, say("Train with it, beside the true run"))
        self._rule.setVisible(bool(picture.rule))
        self._choices.present(theme, say("Practice"), say("What is asked, and how often"))
        self._hint.setVisible(picture.has_hint)
        self._show.setVisible(picture.asks)

    def _ask(self, question: Question | None) -> None:
        """Give the keys to the field for a new question, and back to the window after it."""
        former, self._question = self._question, question
        field = self.seat.field
        if question is None:
            if former is not None and self._has_keys():
                self.window().setFocus()
            return
        if former is None or (former.name, former.index) != (question.name, question.index):
            field.clear()
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif question.warned and not former.warned:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif question.tries != former.tries:
            field.selectAll()

    def _has_keys(self) -> bool:
        """Tell whether the keys are in a part of the practice, or nowhere."""
        focus = QApplication.focusWidget()
        return focus is None or self.isAncestorOf(focus) or self.seat.isAncestorOf(focus)

    def _leave(self) -> None:
        self.window().setFocus()

    def _offer(self) -> None:
        """Open the menu of what can be practised."""
        menu, say, practice = QMenu(self), self._say, self._practice
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words in WHICH_WORDS.items():
            self._add(menu, say(words), {"which": name}, chosen=practice.which == name)
        menu.addSeparator()
        for every, words in EVERY_WORDS.items():
            self._add(menu, say(words), {"every": every}, chosen=practice.every == every)
        menu.addSeparator()
        for fresh, words in FRESH_WORDS.items():
            self._add(menu, say(words), {"fresh": fresh}, chosen=practice.fresh == fresh)
        menu.addSeparator()
        end = menu.addAction(say("End the practice"))
        end.triggered.connect(lambda _on=False: self.wished.emit(Practise(on=False)))
        menu.popup(self._choices.mapToGlobal(self._choices.rect().bottomLeft()))

    def _add(self, menu: QMenu, text: str, choice: PracticeChanges, *, chosen: bool) -> None:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(chosen)
        action.triggered.connect(lambda _on=False: self.wished.emit(ChoosePractice(choice)))
