"""The list of lessons, as a menu: what each is about, how long it takes, how far one is."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMainWindow, QMenu

from engine.user_error import UserError, named
from gui.language import Say, sentence, speech
from gui.language.joining import labelled
from gui.shell.learning import Learning
from gui.shell.lessons.lessons import Lessons
from gui.state import State
from gui.state.session import Session

if TYPE_CHECKING:
    from gui.shell.lessons.shelf import Shelved


class LessonMenu:
    """Fills a menu each time it is opened: lessons are read when somebody looks for one.

    What stands in it already stays below. `complain` tells what a lesson can't be opened for; with
    `own` the user's own lessons are there, too, and their folder.
    """

    def __init__(
        self,
        menu: QMenu,
        session: Session,
        learning: Learning,
        lessons: Lessons,
        complain: Callable[[str], None],
        *,
        own: bool = True,
    ) -> None:
        self._menu, self._session, self._learning = menu, session, learning
        self._lessons, self._complain = lessons, complain
        self._own = own
        self._made: list[QAction] = []
        # Not a lambda for each action: Qt would hold that, and it the window.
        self._acts: dict[QAction, Callable[[], None]] = {}
        menu.setObjectName("lessons")
        menu.aboutToShow.connect(self._fill)
        menu.triggered.connect(self._chosen)

    def offer(self, where: QPoint) -> None:
        """Open the menu at a place on the screen, with the keys on the lesson that comes next."""
        self._menu.popup(where)
        first = next((one for one in self._made if one.data()), None)
        if first is not None:
            self._menu.setActiveAction(first)

    def _fill(self) -> None:
        from gui.shell.lessons.shelf import ours, own  # noqa: PLC0415 - when somebody looks

        for action in self._made:
            self._menu.removeAction(action)
            action.deleteLater()
        self._made.clear()
        self._acts.clear()
        say = speech(self._session.state.look.locale)
        self._learning.look_again()
        standing = next(iter(self._menu.actions()), None)
        for one in ours():
            self._add(standing, self._words(one, say), partial(self._open, one))
        self._separate(standing)
        due = len(self._learning.due())
        if due:
            words = say("Review: {number} due").format(number=due)
            self._add(standing, words, self._lessons.review)
            self._separate(standing)
        if self._own:
            for one in own():
                self._add(standing, self._words(one, say), partial(self._open, one))
            self._add(standing, say("Folder of my lessons"), self._open_folder)
        self._separate(standing)
        self._mark_next()

    def _mark_next(self) -> None:
        """Note which lesson comes next: the first that is not done."""
        from gui.shell.lessons.shelf import ours, reached  # noqa: PLC0415

        progress = self._learning.progress
        for one, action in zip(ours(), self._made, strict=False):
            done, count = reached(one.lesson, progress)
            if done < count:
                action.setData(True)
                return

    def _words(self, one: "Shelved", say: Say) -> str:
        from engine.teaching.reading_time import minutes  # noqa: PLC0415
        from gui.shell.lessons.shelf import reached  # noqa: PLC0415

        language = self._session.state.look.language
        title = one.lesson.title.of(language)
        if one.number:
            title = f"{one.number} · {title}"
        done, count = reached(one.lesson, self._learning.progress)
        time = say("{number} min").format(number=minutes(one.lesson))
        if not done:
            return f"{title}\t{time}"
        if done >= count:
            return f"✓ {title}\t{time}"
        state = say("{done} of {count} done").format(done=done, count=count)
        return f"{title}\t{state} · {time}"

    def _add(self, before: QAction | None, words: str, act: Callable[[], None]) -> None:
        action = QAction(words.replace("&", "&&"), self._menu)
        self._acts[action] = act
        self._menu.insertAction(before, action) if before else self._menu.addAction(action)
        self._made.append(action)

    def _chosen(self, action: QAction) -> None:
        act = self._acts.get(action)
        if act is not None:
            act()

    def _separate(self, before: QAction | None) -> None:
        line = QAction(self._menu)
        line.setSeparator(True)
        self._menu.insertAction(before, line) if before else self._menu.addAction(line)
        self._made.append(line)

    def _open(self, one: "Shelved") -> None:
        try:
            self._lessons.open(one.lesson, None if one.number else one.path, number=one.number)
        except UserError as fault:
            say = speech(self._session.state.look.locale)
            told = sentence(fault, self._session.state.look.locale)
            self._complain(labelled(named(one.path.name), told, say))

    def _open_folder(self) -> None:
        from engine.teaching.shelf import own_folder  # noqa: PLC0415

        folder = own_folder()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            self._complain(f"{named(folder)}: {fault.strerror}")
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    # The first start

    def offer_first(self, window: QMainWindow) -> None:
        """Offer lesson 1 in the status line."""
        from engine.teaching.reading_time import minutes  # noqa: PLC0415 - once
        from gui.shell.lessons.offer import Offer  # noqa: PLC0415
        from gui.shell.lessons.shelf import ours  # noqa: PLC0415

        offer, first = Offer(minutes(ours()[0].lesson)), ours()[0]

        def follow(state: State) -> None:
            if state.lesson is not None:
                close()
            else:
                offer.present(state)

        def close() -> None:
            self._session.changed.disconnect(follow)
            window.statusBar().removeWidget(offer)
            offer.deleteLater()
            window.setFocus()

        offer.begun.connect(lambda: self._open(first))
        offer.closed.connect(close)
        self._session.changed.connect(follow)
        offer.present(self._session.state)
        window.statusBar().addPermanentWidget(offer)
