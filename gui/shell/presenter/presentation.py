"""A presentation to a class: begun, led, left."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from engine.quantities import Name
from engine.user_error import UserError
from gui.errors import guard
from gui.language import speech
from gui.shell.presenter.screens import other_screen
from gui.shell.window import Window
from gui.state import State
from gui.state.intents import Intent, Teach
from gui.state.presenter import Presenter
from gui.state.session import Session
from gui.state.voting import LETTERS, Vote, vote_now

if TYPE_CHECKING:
    from gui.presenter.board import Board
    from gui.presenter.pointer import Pointer
    from gui.shell.presenter.stage import Stage


_BY = MappingProxyType({"add": 1, "take": -1})
"""How many hands."""


class Presentation(QObject):
    """Everything about presentations; what a class sees is made when one begins.

    `actions` and `menu` are those of the window: they act in front of a class, too.
    """

    menu: QMenu
    actions: Mapping[str, QAction]

    def __init__(self, window: Window, session: Session, act: Callable[[Intent], None]) -> None:
        super().__init__(window)
        self._window, self._session, self._act = window, session, act
        self._stage: Stage | None = None
        self._board: Board | None = None
        self._pointer: Pointer | None = None
        self._follows = False

    # What can be done

    def do(self, deed: str, value: object = None) -> None:  # noqa: C901 - a case for each deed
        """Do what the teacher wants."""
        presenter = self._session.state.presenter
        if presenter is None:
            if deed == "start":
                self._begin()
            return
        if self._leads_vote(presenter, deed):
            return
        match deed, value:
            case "start" | "leave", _:
                self._session.show_to_class(None)
            case "forward", _:
                self._page(1)
            case "back", _:
                self._page(-1)
            case "cover", _:
                self._session.show_to_class(presenter.covering(not presenter.covers))
            case "spotlight", _:
                self._session.show_to_class(replace(presenter, spotlight=not presenter.spotlight))
            case "laser", _:
                self._session.show_to_class(replace(presenter, laser=not presenter.laser))
            case "freeze", _ if presenter.audience:
                self._session.show_to_class(replace(presenter, frozen=not presenter.frozen))
            case "show", Name():
                self._uncover(presenter, (value,))
            case "show_step", _:
                found = self._session.state.moment.computation
                terms = (found.result, *found.operands) if found is not None else ()
                self._uncover(presenter, [term.name for term in terms])

    def _begin(self) -> None:
        self._session.practise(on=False)
        self._session.settle()
        self._follow_screens()
        self._session.show_to_class(Presenter(audience=other_screen(self._window) is not None))

    def _leads_vote(self, presenter: Presenter, deed: str) -> bool:
        """Do what has to do with a vote; tell whether that was it."""
        from gui.presenter.asking import vote_of  # noqa: PLC0415 - for who presents

        word, _, letter = deed.partition(" ")
        vote: Vote | None = vote_now(self._session.state)
        if word == "vote" and vote is None:
            try:
                vote = vote_of(self._session.state)
            except UserError as fault:
                self._session.tell(fault)
                return True
        elif word == "vote" and vote is not None and vote.may_repeat:
            vote = vote.again()
        elif word in ("vote", "leave") and vote is not None:
            vote = None
        elif word == "reveal" and vote is not None:
            vote = vote.revealed()
        elif word in _BY and vote is not None:
            vote = vote.counted(LETTERS.index(letter), _BY[word])
        else:
            return False
        self._session.show_to_class(replace(presenter, vote=vote))
        return True

    def _uncover(self, presenter: Presenter, names: Iterable[Name]) -> None:
        if presenter.covers:
            shown = presenter.showing(names, self._session.state.moment.update)
            self._session.show_to_class(shown)

    def _page(self, by: int) -> None:
        """Turn a page: in a lesson its answer first, then its next step; else a step of the run."""
        learner = self._session.state.lesson
        if learner is None:
            self._session.step(by)
        elif by < 0:
            self._act(Teach("back"))
        elif learner.waits:
            self._act(Teach("show"))
        elif not learner.is_last:
            self._act(Teach("next"))

    # What is shown

    @property
    def stage(self) -> "Stage | None":
        """The window that the class sees."""
        return self._stage

    def present(self, state: State) -> None:
        """Show a state to the class, or that there is none."""
        presenter = state.presenter
        if presenter is None:
            self.close()
            return
        self._present_notes(state, presenter)
        if presenter.away:
            self._take_away()
            return
        if self._stage is None:
            self._stage = self._made_stage(state, presenter)
        elif not presenter.frozen:
            self._stage.present(state)
        if presenter.points and self._pointer is None:
            self._pointer = self._made_pointer(self._stage, presenter)
        if self._pointer is not None:
            # Where the class has its own screen, the dot is there and the arrow is here.
            self._pointer.hide_arrow(presenter.laser and presenter.fills)
        say = speech(state.look.locale)
        self._stage.freeze(presenter.frozen, say("The picture stands still."))

    def _present_notes(self, state: State, presenter: Presenter) -> None:
        """Show in the window what is for the teacher alone."""
        if not presenter.audience:
            return
        if self._board is None:
            from gui.presenter.board import Board  # noqa: PLC0415 - for who presents

            self._board = Board(teacher=True, own_screen=True)
            self._window.middle.add_strip(self._board)
        with guard.kept(self._board):
            self._board.present(state)

    def _made_pointer(self, stage: "Stage", presenter: Presenter) -> "Pointer":
        """Follow the mouse in what the teacher looks at."""
        from gui.presenter.pointer import Pointer  # noqa: PLC0415 - for who points

        own = self._window if presenter.audience else stage
        parts = {"chain": own.chain, "formula": own.formula, "timeline": own.timeline}
        if own is stage:
            parts["board"] = stage.board
        pointer = Pointer(parts, stage)
        pointer.moved.connect(stage.point)
        return pointer

    def _made_stage(self, state: State, presenter: Presenter) -> "Stage":
        from gui.shell.presenter.stage import Stage  # noqa: PLC0415 - for who presents

        stage = Stage(audience=presenter.audience)
        stage.setWindowTitle(self._window.windowTitle())
        stage.closed.connect(self._leave)
        own = self._window.screen() or QGuiApplication.primaryScreen()
        screen = (other_screen(self._window) if presenter.audience else None) or own
        if not presenter.audience:
            stage.wished.connect(self._act)
            stage.asked.connect(self._offer)
        stage.addActions(list(self.actions.values()))
        stage.setScreen(screen)
        stage.setGeometry(screen.geometry())
        stage.present(state)
        # `showFullScreen` would give it the keys; where there is no window manager, for good.
        stage.setWindowState(Qt.WindowState.WindowFullScreen)
        stage.show()
        teachers = self._window if presenter.audience else stage
        teachers.activateWindow()
        teachers.setFocus()
        return stage

    # Screens come and go

    def _follow_screens(self) -> None:
        app = QGuiApplication.instance()
        if not self._follows and isinstance(app, QGuiApplication):
            self._follows = True
            app.screenAdded.connect(self._match_screens, Qt.ConnectionType.QueuedConnection)
            app.screenRemoved.connect(self._match_screens, Qt.ConnectionType.QueuedConnection)

    def _match_screens(self) -> None:
        """Give the class its screen back when it is plugged in again; until then it has none."""
        presenter = self._session.state.presenter
        if presenter is None or not presenter.audience:
            return
        away = other_screen(self._window) is None
        if away != presenter.away:
            self._session.show_to_class(replace(presenter, away=away))

    # Methods, and no lambdas: Qt would hold those, they the window, and neither would go.

    def _leave(self) -> None:
        self.do("leave")

    def _offer(self, where: QPoint) -> None:
        self.menu.popup(where)

    def close(self) -> None:
        """Take away what the class sees; the window has the keys again."""
        board, self._board = self._board, None
        if board is not None:
            self._window.middle.remove_strip(board)
        if self._take_away():
            self._window.activateWindow()
            self._window.setFocus()

    def _take_away(self) -> bool:
        stage, self._stage = self._stage, None
        self._pointer = None  # it goes with the stage
        if stage is not None:
            stage.leave()
        return stage is not None
