"""The optional curve of the diagnosis: invariants, or the curvature against 2/α."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.language import Say, speech
from gui.language.joining import labelled
from gui.language.numbers import rounded
from gui.panels.diagnosis.picture.curves import CURVES, ExtraCurve, extra_curve, invariant_name
from gui.panels.diagnosis.remarks import sentence_label
from gui.plots.picture import cursor, index_at
from gui.plots.picture.reading import curves_reading
from gui.plots.picture.words import plot_words
from gui.state import State
from gui.theme import Theme
from gui.widgets.diagram import curve_colour
from gui.widgets.diagram.epochs import EpochDiagram
from gui.widgets.labels import heading
from gui.widgets.memo import Memo
from gui.widgets.tabs import Tabs

_NONE = "none"
_HEIGHT = 170
"""In pixels, at the ordinary size of type."""


class CurveSection(QWidget):
    """The choice of a curve, and the curve.

    `chosen` tells the name that was chosen ("" for none), `sought` the index of a place that was
    clicked, `walks` whether the cross-hair has ← and →.
    """

    chosen = Signal(str)
    sought = Signal(object)
    walks = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State | None = None
        self._heading, self._legend = heading(), sentence_label()
        self._heading.setWordWrap(True)
        self._legend.setTextFormat(Qt.TextFormat.RichText)
        self._tabs = Tabs(tuple(name or _NONE for name in CURVES), "small")
        self._tabs.chosen.connect(lambda name: self.chosen.emit("" if name == _NONE else name))
        self._diagram = _Diagram()
        self._diagram.sought.connect(self._seek)
        self._diagram.read_by(self._read)
        self._diagram.crosshair.walks.connect(self.walks)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._heading, self._tabs, self._diagram, self._legend):
            column.addWidget(widget)

    def present(self, state: State, say: Say, theme: Theme) -> None:
        """Show the curve that was chosen, and the place in it."""
        self._state = state
        self._heading.setText(say("Over the epochs"))
        words = {
            _NONE: say.within("curve", "None"),
            "invariants": invariant_name(state.run.experiment.parameters),
            "curvature": say("curvature"),
        }
        hints = {
            _NONE: say("Show no curve"),
            "invariants": say(
                "Gradient flow keeps these differences constant; finite updates change them a"
                " little"
            ),
            "curvature": say("Updates are stable only where the curvature is below 2/α"),
        }
        self._tabs.present(theme, state.look.extra or _NONE, words, hints)
        extra = extra_curve(state)
        self._diagram.setVisible(extra is not None)
        self._legend.setVisible(extra is not None)
        if extra is None:
            return
        self._diagram.speak(say)
        self._diagram.present(extra, theme, plot_words(state).axis)
        self._diagram.setAccessibleName(words[state.look.extra])
        self._diagram.place_cursor(cursor(state))
        self._diagram.crosshair.present(theme)
        self._legend.setText(_legend(extra, say, theme))

    @property
    def reading(self) -> str:
        """What is under the cross-hair, in lines; nothing where there is none."""
        return self._diagram.crosshair.reading

    def _read(self, epoch: float, height: float) -> tuple[str, ...]:
        extra = None if self._state is None else extra_curve(self._state)
        if self._state is None or extra is None:
            return ()
        say, curves = speech(self._state.look.locale), extra.curves
        if extra.limit is not None:
            curves = tuple(replace(curve, name=say("curvature")) for curve in curves)
        read = curves_reading(self._state, curves, extra.raw, (epoch, height))
        edge = () if extra.limit is None else (extra.limit,)
        digits = self._state.look.digits
        return (*read, *(labelled("2/α", rounded(limit, digits, say), say) for limit in edge))

    def _seek(self, epoch: float) -> None:
        if self._state is not None:
            self.sought.emit(index_at(self._state, epoch))


def _legend(extra: ExtraCurve, say: Say, theme: Theme) -> str:
    if extra.limit is not None:
        return say("Curvature; dashed: 2/α, the edge of stability")
    names = (
        f'<b style="color:{curve_colour(theme, curve.colour)}">—</b> {curve.name}'
        for curve in extra.curves
    )
    unbroken = (
        name.replace("</b> ", "</b>&nbsp;").replace(" − ", "&nbsp;−&nbsp;") for name in names
    )
    return " &nbsp; ".join(unbroken) or say("With one layer there is no pair of weights.")


class _Diagram(EpochDiagram):
    """The curve over the epochs."""

    def __init__(self) -> None:
        super().__init__("plot extra")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown = Memo[tuple[ExtraCurve, Theme, str]]()

    def present(self, extra: ExtraCurve, theme: Theme, axis: str) -> None:
        """Draw the curves anew where they are others, or look otherwise."""
        if not self._shown.renew((extra, theme, axis)):
            return
        self.clear_drawn()
        self.dress(theme)
        self.setFixedHeight(theme.size(_HEIGHT))
        self.axis("bottom").setLabel(axis)
        self.draw(extra.curves, theme)
        if extra.limit is not None:
            self.draw_level(extra.limit, theme.problem, Qt.PenStyle.DashLine)
        right = max(extra.epochs, 1.0)
        self.view.setRange(xRange=(0.0, right), yRange=(extra.low, extra.high), padding=0)
