"""A lesson on screen: a column at the side, or a strip below the chain."""

from functools import partial
from operator import is_

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from engine.teaching.lesson import Do
from engine.user_error import UserError
from gui.language import speech
from gui.lesson.parts import LessonParts
from gui.lesson.picture import LessonPicture, lesson_picture
from gui.state import State
from gui.theme import dressed
from gui.widgets.flow import Flow
from gui.widgets.spaces import keep_own

COLUMN = 330
"""In pixels, at the ordinary size of type: how wide a lesson at the side is."""

_STRIP = 190
"""In pixels, at the ordinary size of type: how high a lesson below the chain is."""


_TIGHT = 760
"""In pixels, at the ordinary size of type: a strip that is narrower leaves dots and name away."""

_LEAST, _SHARE = 200, 0.3
"""In pixels, the least sides of it; and the share of the window that a strip may ask for."""


class LessonView(LessonParts):
    """Shows the step of a lesson, as a column or as a strip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strip: bool | None = None
        self._told: tuple[object, ...] = ()
        self._place: tuple[object, ...] = ()
        self._said: tuple[object, object] = (None, ())
        self._picture: LessonPicture | None = None
        self._head, self._body, self._foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
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

    def _build_reading(self) -> None:
        """Put what is read into one part that scrolls, and what is answered into another."""
        inside = QWidget()
        self._reading.setWidget(inside)
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
            self._reading_column.insertWidget(self._reading_column.count() - 1, self._hints)
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
            self._asking_column.insertWidget(self._asking_column.indexOf(self.rows), self._hints)
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
        if self.is_strip:
            self._seat_buttons()

    def _seat_buttons(self) -> None:
        """Put hint and answer into the head of a strip; where they have no room, below."""
        others = (self._where, self._back, self._next, self._close)
        gap = self._head.spacing()
        taken = sum(part.sizeHint().width() + gap for part in others)
        wide = self._buttons.sizeHint().width()
        in_head = wide + taken + 2 * gap <= self.width()
        self._buttons.setMinimumWidth(wide if in_head else 0)
        if in_head == (self._head.indexOf(self._buttons) >= 0):
            return
        if in_head:
            self._asking_column.removeWidget(self._buttons)
            self._head.insertWidget(self._head.indexOf(self._back), self._buttons)
        else:
            self._head.removeWidget(self._buttons)
            self._asking_column.insertWidget(self._asking_column.count() - 1, self._buttons)
        self._buttons.show()

    # What is shown

    def present(self, state: State, fault: UserError | None = None) -> None:
        """Show the step of the state's lesson; a step in the run changes nothing of it."""
        stamp = (state.lesson, state.look, state.experiment, state.run, state.faults, fault)
        if len(stamp) == len(self._told) and all(map(is_, stamp, self._told)):
            return
        self._told = stamp
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
        # What is only read has the whole strip.
        self._second.setVisible(self.is_strip and picture.step.is_question)
        if self.is_strip and picture.ended and picture.after:
            # What was right stands in the verdict; what it means needs the room.
            self.options.hide()
        self._fit_head()
        self._follow(picture, state, held=held)

    def _follow(self, picture: LessonPicture, state: State, *, held: bool) -> None:
        """Give the keys to where the answer goes, when a step is opened or asks for the next."""
        learner = state.lesson
        if learner is None:
            return
        place = (learner.lesson.name, learner.place, learner.task.row, bool(picture.symbol))
        former, self._place = self._place, place
        former_said = self._said
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
        self._said = (picture.verdict, picture.hints)
        if self._said != former_said and place == former:
            said = self._box if picture.hints == former_said[1] else self._hints
            QTimer.singleShot(0, self, partial(_reveal, said))

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


def _reveal(part: QWidget) -> None:
    """Scroll to what was said last, its end first and then, above all, where it begins."""
    around = part.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    inside = around.widget() if around is not None else None
    if around is None or inside is None or not part.isVisible():
        return
    for corner in (part.rect().bottomLeft(), part.rect().topLeft()):
        at = part.mapTo(inside, corner)
        around.ensureVisible(0, at.y(), 0, 4)
