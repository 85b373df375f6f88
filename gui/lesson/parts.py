"""The parts of a lesson on screen, and what each of them shows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from engine.teaching.lesson import Do
from gui.drawing.ink import Ink
from gui.language import Say, speech
from gui.lesson.answering import FieldRow, Options, RowTable
from gui.lesson.doing import OpenFields
from gui.lesson.dots import Dots
from gui.lesson.explaining import Explaining
from gui.lesson.picture import LessonPicture
from gui.lesson.prose import Inks, Prose
from gui.state import State
from gui.state.intents import Teach
from gui.theme import THEMES, Theme, text_font
from gui.widgets.button import Button
from gui.widgets.labels import Elided, heading
from gui.widgets.reading import Reading
from gui.widgets.verdict_box import VerdictBox
from gui.words import symbols
from gui.words.inks import ink_of


class LessonParts(QWidget):
    """Holds the parts; `LessonView` puts them in their places.

    `wished` carries an `Intent`; `left` gives the keys back to the chain. `name` is said before the
    lesson's title where it has no title bar.
    """

    wished = Signal(object)
    left = Signal()
    name = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson")
        self._theme: Theme = THEMES["light"]
        self._tight = False
        self._say: Say = speech("en")
        self._reading, self._second = Reading(QWidget()), Reading(QWidget(), whole=True)
        self._build_parts()

    @property
    def is_strip(self) -> bool:
        """Whether it lies below the chain."""
        raise NotImplementedError

    def _build_parts(self) -> None:
        self._title, self._dots, self._where = heading("name"), Dots(), heading("muted")
        self._title.setWordWrap(True)
        self._short, self._close = Elided("title"), Button("x", "plain")
        self._kind, self._notice = heading("kind"), heading("problem")
        self._notice.setWordWrap(True)
        self._text, self._marked = Prose(), heading("muted")
        self._marked.setWordWrap(True)
        self.answer, self.options, self.rows = FieldRow(), Options(), RowTable()
        self.fields, self.explaining = OpenFields(), Explaining()
        self._hints, self._box, self._after = Prose(13), VerdictBox(), Prose()
        self._help = heading()
        self._help.setWordWrap(True)
        self._keys = heading("small")
        self._keys.setWordWrap(True)
        self._score = heading("small")
        self._score.setWordWrap(True)
        self._score.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint, self._show, self._skip = Button(), Button(), Button(role="plain")
        self._restart, self._play = Button(), Button("play")
        self._back, self._next = Button(), Button()
        for name, deed, button in (
            ("lesson hint", "hint", self._hint),
            ("lesson show", "show", self._show),
            ("lesson skip", "skip", self._skip),
            ("lesson restart", "restart", self._restart),
            ("lesson play", "play", self._play),
            ("lesson back", "back", self._back),
            ("lesson next", "next", self._next),
            ("lesson close", "leave", self._close),
        ):
            button.setObjectName(name)
            button.clicked.connect(lambda _on=False, deed=deed: self.wished.emit(Teach(deed)))
        for part in (self.answer, self.options, self.rows, self.fields, self.explaining):
            part.wished.connect(self.wished)
        for part in (self.answer, self.explaining):
            part.left.connect(self.left)

    def _present_head(self, picture: LessonPicture, theme: Theme) -> None:
        self._title.setText(picture.title)
        self._short.setText(f"{self.name} · {picture.title}" if self.name else picture.title)
        self._dots.present(theme, picture.dots)
        self._where.setText(picture.place)
        self._kind.setText(picture.kind)
        self._notice.setText(picture.notice)
        self._notice.setVisible(bool(picture.notice))
        self._keys.setText(picture.keys)
        self._score.setText(picture.score)
        for label, points in ((self._where, 12), (self._marked, 12)):
            label.setFont(text_font(theme.size(points)))

    def _present_text(self, picture: LessonPicture, state: State, theme: Theme) -> None:
        inks: Inks = tuple(
            (symbols.of(name, picture.step.experiment), theme.inks[ink_of(name)].text)
            for name in picture.step.mark
        )
        self._text.present(theme, picture.text, inks)
        self._marked.setText(picture.marked)
        self._marked.setVisible(bool(picture.marked))
        name = speech(state.look.locale)("Lesson")
        for part in (self._reading, self._second):
            part.present(theme, name)

    def _present_verdict(self, picture: LessonPicture, theme: Theme) -> None:
        verdict = picture.verdict
        self._box.setVisible(verdict is not None)
        if verdict is not None:
            note = "" if self.is_strip else verdict.note
            self._box.present(theme, verdict.ink, verdict.lead, verdict.words, note)
        else:
            self._box.present(theme, Ink.MUTED, "", "")
        self._hints.present(theme, "\n\n".join(picture.hints))
        self._after.present(theme, picture.after)

    def _present_buttons(self, picture: LessonPicture, theme: Theme, say: Say) -> None:
        self._hint.present(theme, picture.hint, say("A hint (F3)"))
        self._hint.setVisible(bool(picture.hint))
        self._show.present(theme, say("Show me"), say("Show the answer"))
        self._skip.present(theme, say("Skip"), say("Go on, and answer this another time"))
        for button in (self._show, self._skip):
            button.setVisible(picture.asks)
        self._restart.present(theme, say("Begin again"), say("Put the experiment back"))
        self._restart.setVisible(isinstance(picture.step, Do))
        self._play.present(theme, say("Play"), say("Play this part of the run"))
        self._play.setVisible(picture.plays)
        self._close.present(theme, "", say("Leave the lesson"), icon_only=True)
        self._present_steering(picture)

    def _present_steering(self, picture: LessonPicture) -> None:
        say, last = self._say, picture.is_last
        back, text = say("‹ Back"), say("Finish") if last else say("Next ›")
        if self._tight:
            back, text = "‹", text if last else "›"
        self._back.present(self._theme, back, say("The step before (Ctrl+PgUp)"))
        self._back.setEnabled(picture.has_back)
        hint = say("Close the lesson") if last else say("The next step (Ctrl+PgDown)")
        self._next.present(self._theme, text, hint)
        for button, name in ((self._back, say("‹ Back")), (self._next, say("Next ›"))):
            if self._tight and not (last and button is self._next):
                button.setAccessibleName(name)

    # The keys
