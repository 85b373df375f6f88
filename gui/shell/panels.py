"""The panels on the right, one at a time: what the article explains, beside the chain.

A panel is imported and made when it is first looked at, and is told of a new state only while
it is seen.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from engine.problem import mark
from gui.errors.faults import faults
from gui.errors.guard import Sorry, sorry
from gui.language import speech
from gui.shell.files.documents import Documents
from gui.state import PANELS, State
from gui.state.session import Session
from gui.theme import THEMES
from gui.widgets.island import Island
from gui.widgets.panel import Panel
from gui.widgets.tabs import Tabs

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "chain_rule": mark("Chain rule"),
        "gradient_check": mark("Check"),
        "code": mark("Code"),
        "numbers": mark("Numbers"),
        "diagnosis": mark("Diagnosis"),
        "surface": mark("Surface"),
        "map": mark("Map"),
    }
)
_HINTS = MappingProxyType(
    {
        **TITLES,
        "gradient_check": mark("Gradient check"),
        "surface": mark("Loss surface"),
        "map": mark("Trainability map"),
    }
)

_PER_ROW = 4
"""The first row has the panels about this step, the second those about the whole run."""

_NARROWEST = 344
"""In pixels, at the ordinary size of type."""


class Panels(Island):
    """The tabs, and below them the panel that was chosen."""

    def __init__(self, session: Session, documents: Documents) -> None:
        super().__init__()
        self.setObjectName("panels")
        self._session, self._documents = session, documents
        self._state = session.state
        self._made: dict[str, Panel] = {}
        self._tabs = Tabs(PANELS, per_row=_PER_ROW)
        self._tabs.chosen.connect(lambda name: session.set_look(panel=name))
        self._stack, self._sorry = QStackedWidget(), Sorry()
        self._stack.addWidget(self._sorry)
        column = QVBoxLayout(self.inside)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)
        column.setAlignment(self._tabs, Qt.AlignmentFlag.AlignTop)
        self._tabs.setContentsMargins(5, 0, 0, 0)

    def sizeHint(self) -> QSize:
        """Return the size of the drawings."""
        return QSize(THEMES[self._state.look.palette].size(352), 700)

    def minimumSizeHint(self) -> QSize:
        """Return the least size at which a panel can be read."""
        return QSize(THEMES[self._state.look.palette].size(_NARROWEST), 200)

    def present(self, state: State) -> None:
        """Show the chosen panel, if it is seen."""
        former, self._state = self._state, state
        if former.look.palette != state.look.palette:
            self.updateGeometry()
        say, theme = speech(state.look.language), THEMES[state.look.palette]
        hints = {name: f"{say(_HINTS[name])} (Ctrl+{i})" for i, name in enumerate(PANELS, start=1)}
        words = {name: say(TITLES[name]) for name in PANELS}
        self._tabs.present(theme, state.look.panel, words, hints)
        if self.isVisible():
            self._present_panel()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what was missed meanwhile."""
        super().showEvent(event)
        self._present_panel()

    @property
    def front(self) -> QWidget:
        """What is seen of the panel in front: the panel, or the sentence that it failed."""
        return self._stack.currentWidget()

    @property
    def done(self) -> bool:
        """Whether all that is to be seen is there: a panel may count and draw in the background."""
        shown = self._stack.currentWidget()
        return not self.isVisible() or not isinstance(shown, Panel) or shown.done

    def _present_panel(self) -> None:
        """Show the chosen panel; where it fails, a sentence stands in its place until it does."""
        name = self._state.look.panel
        self._sorry.setText(sorry())
        shown: QWidget = self._sorry
        with faults.kept_in(name):
            panel = self._panel(name)
            panel.present(self._state)
            shown = panel
        self._stack.setCurrentWidget(shown)

    def _panel(self, name: str) -> Panel:
        if name not in self._made:
            panel = _MAKERS[name](self._session, self._documents)
            self._made[name] = panel
            self._stack.addWidget(panel)
        return self._made[name]


def _chain_rule(session: Session, _documents: Documents) -> Panel:
    from gui.panels.chain_rule.view import (  # noqa: PLC0415 - made when it is first looked at
        ChainRuleView,
    )

    view = ChainRuleView()
    view.level_chosen.connect(lambda level: session.set_look(level=level))
    view.layers_chosen.connect(lambda layers: session.set_look(count_layers=layers))
    view.pointed.connect(session.point)
    return view


def _gradient_check(session: Session, _documents: Documents) -> Panel:
    from gui.panels.gradient_check.view import (  # noqa: PLC0415 - made when it is first looked at
        GradientCheckView,
    )

    view = GradientCheckView()
    view.epsilon_chosen.connect(lambda epsilon: session.set_look(epsilon=epsilon))
    view.after_update_chosen.connect(lambda after: session.set_look(after_update=after))
    view.pointed.connect(session.point)
    return view


def _code(session: Session, documents: Documents) -> Panel:
    from gui.panels.code.picture import code_picture  # noqa: PLC0415 - made when it is first looked at
    from gui.panels.code.view import CodeView  # noqa: PLC0415

    view = CodeView()
    view.form_chosen.connect(lambda form: session.set_look(form=form))
    view.save_asked.connect(lambda: documents.export_program(code_picture(session.state)))
    return view


def _numbers(session: Session, documents: Documents) -> Panel:
    from gui.panels.numbers.view import NumbersView  # noqa: PLC0415 - made when it is first looked at

    view = NumbersView()
    view.chosen.connect(lambda table: session.set_look(table=table))
    view.sought.connect(session.seek)
    view.pointed.connect(session.point)
    view.refused.connect(session.tell)
    view.exported.connect(documents.export_table)
    return view


def _diagnosis(session: Session, _documents: Documents) -> Panel:
    from gui.panels.diagnosis.view import (  # noqa: PLC0415 - made when it is first looked at
        DiagnosisView,
    )

    view = DiagnosisView()
    view.sought.connect(session.seek)
    view.extra_chosen.connect(lambda name: session.set_look(extra=name))
    view.kept.connect(session.keep_reference)
    view.dropped.connect(session.drop_reference)
    return view


def _surface(session: Session, _documents: Documents) -> Panel:
    from gui.panels.surface.view import (  # noqa: PLC0415 - made when it is first looked at
        LossSurfaceView,
    )

    view = LossSurfaceView()
    view.pair_chosen.connect(lambda pair: session.set_look(surface=pair))
    view.sought.connect(session.seek)
    return view


def _map(session: Session, documents: Documents) -> Panel:
    from gui.panels.map.view import MapView  # noqa: PLC0415 - made when it is first looked at

    view = MapView()
    view.axes_chosen.connect(lambda x, y: session.set_look(map_x=x, map_y=y))
    view.picked.connect(session.replace_experiment)
    view.save_asked.connect(documents.export_map)
    return view


_MAKERS: Mapping[str, Callable[[Session, Documents], Panel]] = MappingProxyType(
    {
        "chain_rule": _chain_rule,
        "gradient_check": _gradient_check,
        "code": _code,
        "numbers": _numbers,
        "diagnosis": _diagnosis,
        "surface": _surface,
        "map": _map,
    }
)
