"""The panel of the gradient check."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.language import Say, speech
from gui.language.joining import sentences
from gui.panels.gradient_check.curves import ErrorDiagram, colour_of, gradient_colour
from gui.panels.gradient_check.epsilon import Epsilon
from gui.panels.gradient_check.maker import CurveMaker
from gui.panels.gradient_check.picture import CheckPicture, check_picture, subject
from gui.panels.gradient_check.picture.curves import CurvesPicture, curves_picture
from gui.panels.gradient_check.rows import CheckRows, Head
from gui.state import State
from gui.state.intents import Highlight, Point, Show
from gui.theme import Theme, dressed, text_font
from gui.widgets.button import Button
from gui.widgets.labels import heading
from gui.widgets.memo import Memo
from gui.widgets.panel import Panel
from gui.widgets.rows import Form
from gui.widgets.selecting import Selecting
from gui.widgets.spaces import keep_own


class CheckLegend(QWidget):
    """Rows of a sign, the errors it stands for, and its meaning."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("check legend")
        self._shown = Memo[tuple[object, ...]]()
        self._labels: list[QLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setVerticalSpacing(1)
        keep_own(self._grid)
        self._grid.setColumnStretch(2, 1)

    def present(self, theme: Theme, rows: tuple[tuple[str, str, str], ...]) -> None:
        """Show the rows."""
        if not self._shown.renew((theme, rows)):
            return
        self._grid.setContentsMargins(theme.size(6), 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.size(10))
        texts = [text for row in rows for text in row]
        while len(self._labels) < len(texts):
            label, (row, column) = heading("muted"), divmod(len(self._labels), 3)
            label.setWordWrap(column == 2)  # noqa: PLR2004 - the meaning
            self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignTop)
            self._labels.append(label)
        for label, text in zip(self._labels, texts, strict=True):
            label.setText(text)


class GradientCheckView(Panel):
    """Shows each gradient beside its central difference, the result, and the curves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gradient check")
        self._state: State | None = None
        self._shown = Memo[tuple[object, ...]]()
        self._drawn = Memo[tuple[CurvesPicture, Theme]]()
        self._make_parts()
        self._column = column = QVBoxLayout()
        column.setContentsMargins(14, 8, 14, 12)
        column.setSpacing(6)
        switches = QHBoxLayout()
        switches.addWidget(self._after)
        switches.addStretch()
        switches.addWidget(self._epsilon.article)
        column.addWidget(self._title)
        column.addWidget(self._subject)
        column.addWidget(self._epsilon)
        column.addLayout(switches)
        for part in (
            *(self._comparison, self._head, self._rows, self._sum, self._findings, self._legend),
            *(self._heading, self._diagram, self._names, self._reasons, self._note),
        ):
            column.addWidget(part)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Form(column))
        self.setTabOrder(self._after, self._epsilon.article)

    def _make_parts(self) -> None:
        self._title, self._subject = _text("muted"), _text("heading")
        self._epsilon, self._after = Epsilon(), Button(role="small")
        self._after.setObjectName("after update")
        self._after.setCheckable(True)
        self._comparison = _text("muted")
        self._rows = CheckRows()
        self._head = Head(self._rows)
        self._sum, self._findings, self._legend = _text(""), _text(""), CheckLegend()
        self._sum.setObjectName("check finding")
        self._findings.setObjectName("check remarks")
        self._heading, self._names = _text("heading"), _text("")
        self._names.setTextFormat(Qt.TextFormat.RichText)
        self._diagram, self._maker = ErrorDiagram(), CurveMaker(self)
        self._reasons, self._note = _text(""), _text("muted")
        self._reasons.setObjectName("curve reasons")
        self._epsilon.chosen.connect(self._choose)
        self._after.clicked.connect(lambda on: self.wished.emit(Show({"after_update": on})))
        self._rows.highlighted.connect(lambda at: self.wished.emit(Highlight(at)))
        self._rows.pointed.connect(lambda at: self.wished.emit(Point(at)))
        self._diagram.chosen.connect(self._choose)
        self._diagram.crosshair.walks.connect(
            lambda on: self.wished.emit(Highlight(None, walks=on))
        )
        self._maker.made.connect(self._present_curves)

    def _choose(self, epsilon: float) -> None:
        self.wished.emit(Show({"epsilon": epsilon}))

    @property
    def done(self) -> bool:
        """Whether the curves are there."""
        return self._maker.done

    def present(self, state: State) -> None:
        """Show the check of the state's moment."""
        self._state = state
        theme, say = dressed(state.look), speech(state.look.locale)
        self._epsilon.present(state)
        picture = check_picture(state)
        self._rows.present(theme, picture.rows, picture.lit)
        shown = (picture, theme, state.look.locale, state.look.after_update)
        if self._shown.renew(shown):
            self._present_texts(picture, theme, say)
            self._present_switch(state, theme, say)
        self._present_curves()
        # Laid out now rather than after a first painting, all is painted once.
        self._column.activate()

    def _present_switch(self, state: State, theme: Theme, say: Say) -> None:
        hint = say(
            "Compare the gradients with differences after the update, as the article's program"
            " prints them"
        )
        self._after.present(theme, say("As the article: after the update"), hint)
        self._after.setChecked(state.look.after_update)

    def _present_texts(self, picture: CheckPicture, theme: Theme, say: Say) -> None:
        self._title.setText(picture.title)
        self._subject.setText(picture.subject)
        _fill(self._comparison, picture.comparison)
        self._head.present(theme, say("relative error"))
        self._rows.setAccessibleName(say("Gradients and central differences"))
        self._rows.setAccessibleDescription(sentences(picture.findings, say))
        _dress(self._sum, "problem" if picture.alarm else "", theme)
        _fill(self._sum, picture.findings[0])
        _fill(self._findings, "\n".join(picture.findings[1:]))
        self._legend.present(theme, picture.legend)
        self._note.setText(picture.note)

    def _present_curves(self) -> None:
        if self._state is None:
            return
        state, theme = self._state, dressed(self._state.look)
        picture = curves_picture(state, self._maker.curves(subject(state)))
        if not self._drawn.renew((picture, theme)):
            return
        self._diagram.present(picture, theme)
        _fill(self._heading, picture.heading)
        _fill(self._names, _names(picture, theme))
        _fill(self._reasons, "\n".join(picture.reasons))
        self._diagram.setAccessibleName(picture.heading)
        self._diagram.setAccessibleDescription(
            sentences(picture.reasons, speech(state.look.locale))
        )


def _names(picture: CurvesPicture, theme: Theme) -> str:
    """Return which line is which; among many, only the one that is pointed at has a name."""
    named = [
        (
            f"{'╌' if line.dashed else '—'}{line.sign}\u00a0{line.symbol}",
            gradient_colour(theme) if picture.many else colour_of(line, theme),
        )
        for line in picture.lines
        if not picture.many or line.name == picture.lit
    ]
    named.append((f"|\u00a0ε\u00a0=\u00a0{picture.present_words}", gradient_colour(theme)))
    return " &nbsp;".join(f'<span style="color:{colour}">{text}</span>' for text, colour in named)


def _text(role: str) -> QLabel:
    label = heading(role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    Selecting(label)
    return label


def _dress(label: QLabel, role: str, theme: Theme) -> None:
    """Let the sentence that sums up look as it sounds; the same again would cost a new layout."""
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().polish(label)
    font = text_font(theme.size(13), bold=True)
    if label.font() != font:
        label.setFont(font)


def _fill(label: QLabel, text: str) -> None:
    """Show a text, or nothing at all where it is empty."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))
