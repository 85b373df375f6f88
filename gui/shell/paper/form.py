"""What is wished of a work sheet, as lists to choose from and a seed to type."""

from dataclasses import replace
from random import SystemRandom

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.user_error import UserError
from gui.language import sentence, speech
from gui.shell.paper.picture import LABELS, Wishes, offered, seed_of
from gui.theme import Theme
from gui.widgets.accessible import announce
from gui.widgets.check_box import CheckBox
from gui.widgets.choice import Choice
from gui.widgets.labels import heading, problem_label

_FORM = 300
"""In pixels, at the ordinary size of type."""

_SEEDS = 10_000
"""New numbers have a seed below: short enough to be typed again."""


def new_seed() -> int:
    """Return a seed for new numbers."""
    return SystemRandom().randrange(_SEEDS)


class Form(QWidget):
    """Tells by `wished` what is wanted, and by `hindered` why what is typed can't be had."""

    wished = Signal(object)
    hindered = Signal(str)

    def __init__(self, wishes: Wishes, theme: Theme, locale: str) -> None:
        super().__init__()
        self._wishes, self._theme = wishes, theme
        self._say, self._locale = speech(locale), locale
        self.choices: dict[str, Choice] = {}
        self._seed, self._problem = QLineEdit(), problem_label()
        self.apart = CheckBox()
        self.setFixedWidth(theme.size(_FORM))
        self._arrange()

    def _arrange(self) -> None:
        say = self._say
        about = heading("muted")
        about.setText(
            say("The same seed gives the same sheet. It stands at the foot of each page.")
        )
        about.setWordWrap(True)
        self.apart.setText(say("Answers in a file of their own"))
        self.apart.setObjectName("sheet apart")
        self.apart.setChecked(self._wishes.apart)
        self._problem.setObjectName("sheet problem")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.size(10))
        column.addLayout(self._grid())
        for part in (self._problem, about, self.apart):
            column.addWidget(part)
        column.addStretch(1)

    def _grid(self) -> QGridLayout:
        say, grid = self._say, QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(self._theme.size(8))
        grid.setColumnStretch(1, 1)
        for row, (name, label) in enumerate(LABELS.items()):
            choice = self._choice(name, say(label))
            grid.addWidget(_label(say(label), choice), row, 0)
            grid.addWidget(choice, row, 1)
        self._seed.setObjectName("sheet seed")
        self._seed.setAccessibleName(say("Seed"))
        self._seed.setText(str(self._wishes.seed))
        self._seed.textEdited.connect(self._type)
        grid.addWidget(_label(say("Seed"), self._seed), len(LABELS), 0)
        grid.addWidget(self._seed, len(LABELS), 1)
        fresh = QPushButton(say("New numbers"))
        fresh.setObjectName("sheet fresh")
        fresh.setAutoDefault(False)
        fresh.clicked.connect(self._draw)
        grid.addWidget(fresh, len(LABELS) + 1, 1)
        return grid

    def _choice(self, name: str, label: str) -> Choice:
        pairs = tuple(offered(name, self._say))
        choice = Choice(one for one, _ in pairs)
        choice.setObjectName(f"sheet {name}")
        choice.setAccessibleName(label)
        choice.give_way()
        choice.present(self._theme, getattr(self._wishes, name), (words for _, words in pairs))
        choice.chosen.connect(lambda chosen, name=name: self._choose(name, chosen))
        self.choices[name] = choice
        return choice

    def _choose(self, name: str, chosen: str) -> None:
        self._wishes = self._wishes.with_choice(name, chosen)
        self._tell()

    def _type(self, _text: str) -> None:
        self._tell()

    def _draw(self) -> None:
        self._seed.setText(str(new_seed()))
        self._tell()

    def _tell(self) -> None:
        """Tell what is wished, or what is wrong with the seed."""
        try:
            self._wishes = replace(self._wishes, seed=seed_of(self._seed.text()))
        except UserError as fault:
            told = sentence(fault, self._locale)
            self._problem.setText(told)
            self._problem.show()
            announce(self._problem, told)
            self.hindered.emit(told)
            return
        self._problem.hide()
        self.wished.emit(self._wishes)


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
