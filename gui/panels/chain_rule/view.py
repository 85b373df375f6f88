"""The chain-rule panel: every gradient written out in full, and what that costs."""

from functools import lru_cache

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.language import Say, speech
from gui.panels.chain_rule.cost import Cost
from gui.panels.chain_rule.picture import ChainRulePicture
from gui.panels.chain_rule.picture.words import LEVEL_HINTS, LEVEL_NAMES, ChainRuleWords
from gui.panels.chain_rule.rows import Rows
from gui.panels.chain_rule.shown import CostFold
from gui.state import LEVELS, State
from gui.state.intents import Highlight, Point, Show, ShowView
from gui.theme import Theme, dressed
from gui.widgets.labels import heading, problem_label
from gui.widgets.memo import Memo
from gui.widgets.panel import Panel
from gui.widgets.rows import Form
from gui.widgets.spaces import keep_own
from gui.widgets.tabs import Tabs

_LEAST = 190
"""In pixels, at the ordinary size of type: the least height of the rows that is always seen."""


class ChainRuleView(Panel):
    """Shows the rows of factors and their cost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chain rule")
        self._theme: Theme | None = None
        self._words = Memo[ChainRuleWords]()
        self._fitted = Memo[tuple[object, ...]]()
        self._intro, self._agreement = _paragraph(), _paragraph()
        self._slip = problem_label()
        self._levels = Tabs(LEVELS, role="small")
        self._rows, self._cost = Rows(), Cost()
        self._fold = CostFold()
        self._cost.folded.connect(lambda on: self.wished.emit(ShowView(CostFold(on))))
        self._rows.highlighted.connect(lambda at: self.wished.emit(Highlight(at)))
        self._rows.pointed.connect(lambda at: self.wished.emit(Point(at)))
        self._levels.chosen.connect(lambda name: self.wished.emit(Show({"level": name})))
        self._cost.asked.connect(lambda n: self.wished.emit(Show({"count_layers": n})))
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        keep_own(self._column)
        for part in self._parts:
            self._column.addWidget(part)
        self._column.addStretch()
        self._form = Form(self._column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._form)

    @property
    def _parts(self) -> tuple[QWidget, ...]:
        return (self._intro, self._slip, self._levels, self._rows, self._agreement, self._cost)

    def minimumSizeHint(self) -> QSize:
        """Leave it to the panels how small they may be."""
        return QSize(0, 0)

    @property
    def main(self) -> QWidget:
        """The rows of factors."""
        return self._rows

    @property
    def done(self) -> bool:
        """Whether all is counted."""
        return self._cost.done

    def present(self, state: State) -> None:
        """Show the rows of the state's moment."""
        theme, say = dressed(state.look), speech(state.look.locale)
        self._dress(theme)
        picture = ChainRulePicture(state)
        words = picture.words()
        if self._words.renew(words):
            self._intro.setText(words.intro)
            self._slip.setText(words.slip)
            self._slip.setVisible(bool(words.slip))
            self._agreement.setText(words.agreement)
        self._levels.present(theme, state.look.level, *_named(say))
        self._rows.present(state, picture)
        self._cost.present(state)
        self._fold = state.view(CostFold)
        self._fit()

    def _dress(self, theme: Theme) -> None:
        if theme != self._theme:
            self._theme = theme
            size = theme.size
            self._column.setContentsMargins(size(14), size(8), size(10), size(10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the rows what room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Let the rows be as high as they are, or as the other parts leave room for.

        Where the rows need the room, the cost is folded, unless the user wants it otherwise; then
        the sentences around the rows give way, if that makes room for all rows.
        """
        if self._theme is None or self._words.value is None:
            return
        needed, form = self._rows.content_height, self._form
        # Heights of labels take their time, and are others only with their text, font or width.
        within = form.width(), form.height(), self.isVisible(), self._intro.font()
        shown = self._words.value, self._cost.shown, self._theme
        if not self._fitted.renew((needed, self._fold.unfolded, *within, *shown)):
            return
        margins = self._column.contentsMargins()
        width = self._form.width() - margins.left() - margins.right()
        cost = self._cost.height_if(width, unfolded=True)
        room = self._room_beside(())
        wanted = self._fold.unfolded
        unfolded = needed + cost <= room if wanted is None else wanted
        if not unfolded:
            cost = self._cost.height_if(width, unfolded=False)
        self._cost.fold(unfolded=unfolded)
        ways = ((), (self._agreement,), (self._agreement, self._intro))
        away = next((way for way in ways if needed + cost <= self._room_beside(way)), ())
        for part in (self._agreement, self._intro):
            part.setVisible(part not in away)
        height = min(needed, max(self._theme.size(_LEAST), self._room_beside(away) - cost))
        if self._rows.height() != height:
            self._rows.setFixedHeight(height)

    def _room_beside(self, away: tuple[QWidget, ...]) -> int:
        """Return the room for rows and cost beside all other parts but those that are `away`."""
        seen = [self._intro, self._levels, self._agreement]
        seen += [self._slip] if self._slip.text() else []
        seen = [part for part in seen if part not in away]
        margins = self._column.contentsMargins()
        others = margins.top() + margins.bottom() + self._column.spacing() * (len(seen) + 2)
        width = self._form.width() - margins.left() - margins.right()
        return self._form.height() - others - sum(_height(part, width) for part in seen)


@lru_cache(maxsize=8)
def _named(say: Say) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of the levels, and what each shows."""
    names, hints = LEVEL_NAMES, LEVEL_HINTS
    return {name: say(names[name]) for name in LEVELS}, {name: say(hints[name]) for name in LEVELS}


def _height(part: QWidget, width: int) -> int:
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()


def _paragraph() -> QLabel:
    label = heading("muted")
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    return label
