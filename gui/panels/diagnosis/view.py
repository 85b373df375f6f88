"""The diagnosis of the run: what happens in it, with the numbers that prove it."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.language import speech
from gui.panels.diagnosis.compare import CompareSection
from gui.panels.diagnosis.curve import CurveSection
from gui.panels.diagnosis.facts import Facts
from gui.panels.diagnosis.picture import diagnosis_picture
from gui.panels.diagnosis.picture.comparison import comparison_picture
from gui.panels.diagnosis.remarks import Remarks
from gui.state import State
from gui.state.intents import DropRun, Highlight, KeepRun, Seek, Show
from gui.theme import dressed
from gui.widgets.panel import Panel
from gui.widgets.reading import Reading


class DiagnosisView(Panel):
    """Shows the findings, the facts of the present place, a curve, and a comparison."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("diagnosis")
        self._remarks, self._facts = Remarks(), Facts()
        self._curve, self._compare = CurveSection(), CompareSection()
        self._curve.sought.connect(lambda index: self.wished.emit(Seek(index)))
        self._curve.walks.connect(lambda on: self.wished.emit(Highlight(None, walks=on)))
        self._curve.chosen.connect(lambda name: self.wished.emit(Show({"extra": name})))
        self._compare.kept.connect(lambda: self.wished.emit(KeepRun()))
        self._compare.dropped.connect(lambda: self.wished.emit(DropRun()))
        inside = QWidget()
        sections = QVBoxLayout(inside)
        sections.setContentsMargins(14, 10, 14, 12)
        sections.setSpacing(18)
        for section in (self._remarks, self._facts, self._curve, self._compare):
            sections.addWidget(section)
        sections.addStretch()
        self._scroll = Reading(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)

    def present(self, state: State) -> None:
        """Show the diagnosis of the state's run, and what is true at its place."""
        say, theme = speech(state.look.locale), dressed(state.look)
        picture = diagnosis_picture(state)
        self._scroll.present(theme, say("Diagnosis"))
        self._remarks.present(picture.main, picture.others, theme)
        self._facts.present(picture, say, theme)
        self._curve.present(state, say, theme)
        self._compare.present(comparison_picture(state), say, theme)
