"""A lesson on screen: a column at the side, or a strip below the chain."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from engine.teaching.lesson import Do
from engine.user_error import UserError
from gui.drawing.ink import Ink
from gui.language import Say, speech
from gui.lesson.answering import FieldRow, Options, RowTable
from gui.lesson.doing import OpenFields
from gui.lesson.dots import Dots
from gui.lesson.explaining import Explaining
from gui.lesson.picture import LessonPicture, lesson_picture
from gui.lesson.prose import Inks, Prose
from gui.state import State
from gui.state.intents import Teach
from gui.theme import THEMES, Theme, dressed, text_font
from gui.widgets.button import Button
from gui.widgets.flow import Flow
from gui.widgets.labels import Elided, heading
from gui.widgets.reading import Reading
from gui.widgets.spaces import keep_own
from gui.widgets.verdict_box import VerdictBox
from gui.words import symbols
from gui.words.inks import ink_of

COLUMN = 330
"""In pixels, at the ordinary size of type: how wide a lesson at the side is."""

_STRIP = 190
"""In pixels, at the ordinary size of type: how high a lesson below the chain is."""


_TIGHT = 760
"""In pixels, at the ordinary size of type: a strip that is narrower leaves dots and name away."""

_LEAST, _SHARE = 200, 0.3
"""In pixels, the least sides of it; and the share of the window that a strip may ask for."""


class LessonView(QWidget):
    """Shows the step of a lesson. `wished` carries an `Intent`; `left` gives the keys back.

    `name` is said before its title where it has no title bar.
    """

    wished = Signal(object)
    left = Signal()
    name = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lesson")
        self._theme: Theme = THEMES["light"]
        self._strip: bool | None = None
        self._tight = False
        self._say: Say = speech("en")
        self._place: tuple[object, ...] = ()
        self._picture: LessonPicture | None = None
        self._build_parts()
        self._head, self._body, self._foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        self._second = Reading(QWidget())
        self._build_reading()
        self._column = QVBoxLayout(self)
        for layout in (self._column, self._head, self._body, self._foot):
            keep_own(layout)
            layout.setContentsMargins(0, 0, 0, 0)
        self._dots_row = QHBoxLayout()
        keep_own(self._dots_row)
        for layout in (self._head, self._dots_row, self._body):
            self._column.addLayout(layout, 1 if layout is self._body else 0)
        self._column.addWidget(self._keys)
        self._column.addLayout(self._foot)

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

    def _build_reading(self) -> None:
        """Put what is read into one part that scrolls, and what is answered into another."""
        inside = QWidget()
        self._reading = Reading(inside)
        self._reading_column = QVBoxLayout(inside)
        self._asking = QWidget()
        self._asking_column = QVBoxLayout(self._asking)
        self._buttons = QWidget()
        flow = Flow(self._buttons, ends_right=False)
        for button in (self._play, self._hint, self._show, self._restart, self._skip):
            flow.addWidget(button)
        for column in (self._reading_column, self._asking_column):
            keep_own(column)
            column.setContentsMargins(0, 0, 0, 0)
        read: tuple[QWidget, ...] = (self._notice, self._kind, self._text, self._marked)
        answers: tuple[QWidget, ...] = (self.options, self._help, self.answer, self.fields)
        told: tuple[QWidget, ...] = (self._box, self._hints, self.rows)
        ends: tuple[QWidget, ...] = (self.explaining, self._after)
        for part in read:
            self._reading_column.addWidget(part)
        self._reading_column.addStretch(1)
        for part in (*answers, *told, *ends):
            self._asking_column.addWidget(part)
        self._asking_column.addStretch(1)

    # Arrangement

    def arrange(self, *, strip: bool) -> None:
        """Be a strip, or a column."""
        if strip == self._strip:
            return
        held = self._has_keys()
        self._strip = strip
        for layout in (self._head, self._dots_row, self._body, self._foot):
            while layout.count():
                layout.takeAt(0)
        self.options.spread(strip)
        if strip:
            self._head.addWidget(self._short)
            self._head.addStretch(1)
            self._head.addWidget(self._dots)
            self._head.addWidget(self._where)
            self._head.addWidget(self._buttons)
            for button in (self._back, self._next, self._close):
                self._head.addWidget(button)
            self._second.setWidget(self._asking)
            self._body.addWidget(self._reading, 1)
            self._body.addWidget(self._second, 1)
        else:
            self._head.addWidget(self._title, 1)
            self._dots_row.addWidget(self._dots, 1)
            self._dots_row.addWidget(self._where)
            if self._second.widget() is self._asking:
                self._second.takeWidget()
            self._reading_column.insertWidget(self._reading_column.count() - 1, self._asking)
            self._asking_column.insertWidget(self._asking_column.count() - 1, self._buttons)
            self._body.addWidget(self._reading, 1)
            self._foot.addWidget(self._back)
            self._foot.addWidget(self._score, 1)
            self._foot.addWidget(self._next)
        self._short.setVisible(strip)
        self._close.setVisible(strip)
        self._second.setVisible(strip)
        self._title.setVisible(not strip)
        self._keys.setVisible(not strip)
        self._score.setVisible(not strip)
        self._asking.show()
        self._buttons.show()
        self._space()
        self.updateGeometry()
        if held:
            self.enter()

    @property
    def is_strip(self) -> bool:
        """Whether it lies below the chain."""
        return bool(self._strip)

    def sizeHint(self) -> QSize:
        """Return the size of the drawings."""
        if self._strip:
            return QSize(self._theme.size(800), self._theme.size(_STRIP))
        return QSize(self._theme.size(COLUMN), self._theme.size(600))

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which it can be read; the rest is scrolled."""
        if self._strip:
            return QSize(_LEAST, min(self._theme.size(110), round(_SHARE * self.window().height())))
        return QSize(self._theme.size(COLUMN), _LEAST)

    def _space(self) -> None:
        px = self._theme.size
        side = px(14)
        self._column.setContentsMargins(side, px(2), side, px(8))
        self._column.setSpacing(px(4 if self._strip else 10))
        for layout, gap in (
            (self._head, 12),
            (self._dots_row, 8),
            (self._body, 24),
            (self._foot, 8),
        ):
            layout.setSpacing(px(gap))
        self._reading_column.setSpacing(px(5 if self._strip else 10))
        self._asking_column.setSpacing(px(5 if self._strip else 9))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the head of a strip give way: dots and name go, where there is little room."""
        super().resizeEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        tight = self.is_strip and self.width() < self._theme.size(_TIGHT)
        self._dots.setVisible(not tight)
        self._short.setVisible(self.is_strip and not tight)
        if self._picture is not None and tight != self._tight:
            self._tight = tight
            self._present_steering(self._picture)

    # What is shown

    def present(self, state: State, fault: UserError | None = None) -> None:
        """Show the step of the state's lesson."""
        picture = lesson_picture(state, fault)
        if picture is None:
            self._picture, self._place = None, ()
            return
        say, theme = speech(state.look.locale), dressed(state.look)
        if theme is not self._theme:
            self._theme = theme
            self._space()
            self.updateGeometry()
        self._say = say
        self._picture, held = picture, self._has_keys()
        self._present_head(picture, theme)
        self._present_text(picture, state, theme)
        self.answer.present(picture, theme, say)
        self.options.present(picture, theme)
        self.rows.present(picture, theme, say)
        self.fields.show_step(picture, state, say, theme)
        self.explaining.present(picture, theme, say, low=self.is_strip)
        self._help.setText(picture.help)
        self._help.setVisible(bool(picture.help))
        self._present_verdict(picture, theme)
        self._present_buttons(picture, theme, say)
        self._follow(picture, state, held=held)

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
            self._box.present(theme, verdict.ink, verdict.lead, verdict.words, verdict.note)
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
        self._fit_head()

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

    def _follow(self, picture: LessonPicture, state: State, *, held: bool) -> None:
        """Give the keys to where the answer goes, when a step is opened or asks for the next."""
        learner = state.lesson
        if learner is None:
            return
        place = (learner.lesson.name, learner.place, learner.task.row, bool(picture.symbol))
        former, self._place = self._place, place
        field = self.answer.field
        if place != former:
            field.clear()
            if former[:2] != place[:2]:
                self._reading.verticalScrollBar().setValue(0)
                self._second.verticalScrollBar().setValue(0)
                self.enter()
            elif held:
                self.enter()
        elif held and not self._has_keys():
            self.enter()
        elif picture.verdict is not None and field.hasFocus():
            field.selectAll()
        if picture.verdict is not None and not self.is_strip:
            self._reading.ensureWidgetVisible(self._box)

    def _has_keys(self) -> bool:
        """Tell whether the keys are here."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def enter(self) -> None:
        """Take the keys: to where an answer goes, else to what goes on."""
        picture = self._picture
        if picture is None:
            return
        target: QWidget | None = self._next
        if picture.asks:
            if picture.symbol:
                target = self.answer.field
            elif picture.writes:
                target = self.explaining.text
            elif isinstance(picture.step, Do):
                target = self.fields.first
            elif picture.step.kind == "point":
                self.left.emit()
                return
            else:
                target = self.options.first or self.rows.first or self._next
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
