"""What the user can do: a table of names, keys, texts and intents, and the actions made of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from engine.words import mark
from gui.formula.picture import formula_picture
from gui.formula.shown import FOLD_KEY, LocalFold
from gui.language import Say, speech
from gui.language.joining import aside
from gui.state import ORDINARY_ZOOM, ZOOMS, State
from gui.state.session import Session
from gui.transport.speeds import beside
from gui.widgets.memo import Memo
from gui.words.key_names import key_text
from gui.words.steps import NO_STEPS

Blocked = Callable[[State], str]


def _never(_state: State) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be done; `blocked` says why it can't be now, or nothing."""

    name: str
    text: str
    keys: tuple[str, ...]
    act: Callable[[], None]
    blocked: Blocked = _never


def _at_start(state: State) -> str:
    return mark("Already at the start of the run") if state.index == 0 else ""


def _at_end(state: State) -> str:
    if state.last == 0:
        return NO_STEPS
    return mark("Already at the end of the run") if state.index == state.last else ""


def _nothing_to_play(state: State) -> str:
    return _at_end(state) if state.last == 0 else ""


def _at_fastest(state: State) -> str:
    fastest = beside(state, 1) == state.look.speed
    return mark("This is the fastest speed") if fastest else ""


def _at_slowest(state: State) -> str:
    slowest = beside(state, -1) == state.look.speed
    return mark("This is the slowest speed") if slowest else ""


def _zoom(state: State) -> int:
    """Return how large that is drawn in percent which Larger and Smaller act on."""
    return state.presenter.zoom if state.presenter is not None else state.look.zoom


def _at_largest(state: State) -> str:
    return mark("This is the largest size") if _zoom(state) >= ZOOMS[-1] else ""


def _at_smallest(state: State) -> str:
    return mark("This is the smallest size") if _zoom(state) <= ZOOMS[0] else ""


def _at_ordinary(state: State) -> str:
    return mark("This is the ordinary size") if _zoom(state) == ORDINARY_ZOOM else ""


def _nothing_to_undo(state: State) -> str:
    return "" if state.can_undo else mark("Nothing to undo")


def _nothing_to_redo(state: State) -> str:
    return "" if state.can_redo else mark("Nothing to redo")


def _no_view_before(state: State) -> str:
    return "" if state.can_undo_view else mark("There is no previous view")


def _no_view_after(state: State) -> str:
    return "" if state.can_redo_view else mark("There is no next view")


def _no_formula(state: State) -> str:
    # What is unfolded can be folded away anywhere.
    shows = state.index > 0 and state.question is None and not state.secret
    return "" if shows or state.view(LocalFold).unfolded else mark("There is no formula here")


def _nothing_asked(state: State) -> str:
    asked = state.question is not None or (state.lesson is not None and state.lesson.waits)
    return "" if asked else mark("No question waits for an answer")


def _nothing_trains(state: State) -> str:
    return "" if state.progress is not None else mark("No training is under way")


def transport(session: Session) -> tuple[Entry, ...]:
    """Return the entries that move through the run."""

    def toggle() -> None:
        state = session.state
        if state.index == state.last and not state.playing:
            session.to_start()
        session.play(not state.playing)

    def pace(by: int) -> None:
        session.set_look(speed=beside(session.state, by))

    back, ahead = _at_start, _at_end
    return (
        Entry("start", mark("To the start"), ("Home",), session.to_start, back),
        Entry(
            "previous_epoch", mark("Back an epoch"), ("Ctrl+Left",), session.previous_epoch, back
        ),
        Entry(
            "previous_sample", mark("Back a sample"), ("Shift+Left",), session.previous_sample, back
        ),
        Entry("previous_step", mark("Back a step"), ("Left",), lambda: session.step(-1), back),
        Entry("play", mark("Play"), ("Space",), toggle, _nothing_to_play),
        Entry("next_step", mark("Forward a step"), ("Right",), lambda: session.step(1), ahead),
        Entry(
            "next_sample", mark("Forward a sample"), ("Shift+Right",), session.next_sample, ahead
        ),
        Entry("next_epoch", mark("Forward an epoch"), ("Ctrl+Right",), session.next_epoch, ahead),
        Entry("end", mark("To the end"), ("End",), session.to_end, ahead),
        Entry("faster", mark("Play faster"), ("]",), lambda: pace(1), _at_fastest),
        Entry("slower", mark("Play slower"), ("[",), lambda: pace(-1), _at_slowest),
    )


def practising(session: Session, teach: Callable[[str], None]) -> tuple[Entry, ...]:
    """Return the entries that begin and end a practice, and help in it, or in a lesson."""

    def toggle() -> None:
        session.practise(session.state.practice is None)

    def hint() -> None:
        if session.state.lesson is not None:
            teach("hint")
        else:
            session.hint()

    def blocked(state: State) -> str:
        if state.lesson is not None:
            return mark("A lesson is open")
        return "" if state.practice is not None else _nothing_to_play(state)

    return (
        Entry("practice", mark("Practice"), ("Ctrl+T",), toggle, blocked),
        Entry("hint", mark("Hint"), ("F3",), hint, _nothing_asked),
    )


def zooming(session: Session) -> tuple[Entry, ...]:
    """Return the entries that draw everything larger or smaller."""

    def draw(zoom: int) -> None:
        presenter = session.state.presenter
        if presenter is not None:
            session.show_to_class(replace(presenter, zoom=zoom))
        else:
            session.set_look(zoom=zoom)

    def zoom(by: int) -> None:
        now = _zoom(session.state)
        there = [size for size in ZOOMS[::by] if (size - now) * by > 0]
        draw(there[0] if there else now)

    def back() -> None:
        draw(ORDINARY_ZOOM)

    larger, smaller = ("Ctrl++", "Ctrl+="), ("Ctrl+-",)
    return (
        Entry("zoom_in", mark("Larger"), larger, lambda: zoom(1), _at_largest),
        Entry("zoom_out", mark("Smaller"), smaller, lambda: zoom(-1), _at_smallest),
        Entry("zoom_off", mark("Ordinary size"), ("Ctrl+0",), back, _at_ordinary),
    )


def editing(session: Session) -> tuple[Entry, ...]:
    """Return the entries that take edits back, and the one that copies."""

    def unfold() -> None:
        session.show_view(LocalFold(not session.state.view(LocalFold).unfolded))

    def copy() -> None:
        QGuiApplication.clipboard().setText(formula_picture(session.state).copied)

    return (
        Entry("undo", mark("Undo"), ("Ctrl+Z",), session.undo, _nothing_to_undo),
        Entry("redo", mark("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), session.redo, _nothing_to_redo),
        Entry("local", mark("Show the local derivative"), (FOLD_KEY,), unfold, _no_formula),
        Entry("copy", mark("Copy this step with its full values"), ("Ctrl+C",), copy, _at_start),
        Entry("cancel", mark("Cancel the training"), ("Esc",), session.cancel, _nothing_trains),
        Entry(
            "undo_view", mark("Previous view"), ("Backspace",), session.undo_view, _no_view_before
        ),
        Entry(
            "redo_view", mark("Next view"), ("Shift+Backspace",), session.redo_view, _no_view_after
        ),
    )


class Actions(Mapping[str, QAction]):
    """The entries as actions of one window, found by name; texts in the state's language."""

    def __init__(self, entries: Iterable[Entry], window: QWidget) -> None:
        self.entries = MappingProxyType({entry.name: entry for entry in entries})
        self._actions = {name: QAction(window) for name in self.entries}
        self._varying = {
            name: entry
            for name, entry in self.entries.items()
            if entry.blocked is not _never or name in _OTHERWISE
        }
        self._said = Memo[tuple[str, bool]]()
        self._seen: dict[str, tuple[str, str]] = {}
        for name, entry in self.entries.items():
            action = self._actions[name]
            action.setShortcuts([QKeySequence(key) for key in entry.keys])
            action.triggered.connect(lambda _on=False, act=entry.act: act())
            window.addAction(action)

    def __getitem__(self, name: str) -> QAction:
        """Return the action `name`."""
        return self._actions[name]

    def __iter__(self) -> Iterator[str]:
        """Go through the names in the order of the table."""
        return iter(self._actions)

    def __len__(self) -> int:
        """Return how many actions there are."""
        return len(self._actions)

    def present(self, state: State) -> None:
        """Name every action in the language of the state; tell which can act."""
        say = speech(state.look.locale)
        # All that the texts depend on: to say them takes ten times as long.
        anew = self._said.renew((state.look.locale, 0 < state.last == state.index))
        for name, entry in (self.entries if anew else self._varying).items():
            seen = text_of(entry, state), entry.blocked(state)
            if not anew and self._seen.get(name) == seen:
                continue
            self._seen[name] = seen
            action = self._actions[name]
            action.setText(menu_text(entry, state, say))
            action.setToolTip(tip(entry, state, say))
            action.setEnabled(not entry.blocked(state))


_OTHERWISE: Mapping[str, tuple[str, Callable[[State], bool]]] = MappingProxyType(
    {
        "play": (mark("Pause"), lambda state: state.playing),
        "local": (mark("Hide the local derivative"), lambda state: state.view(LocalFold).unfolded),
        "practice": (mark("End the practice"), lambda state: state.practice is not None),
        "present start": (
            mark("Leave the presentation"),
            lambda state: state.presenter is not None,
        ),
    }
)
"""What some entries are called where they undo what they do elsewhere, and where that is."""


def text_of(entry: Entry, state: State) -> str:
    """Return the entry's English text: what it would do now."""
    other, does_now = _OTHERWISE.get(entry.name, ("", None))
    return other if does_now and does_now(state) else entry.text


def menu_text(entry: Entry, state: State, say: Say) -> str:
    """Return the entry's text, and after a tab the first of its keys as the status line has it."""
    keys = [key_text(key, say) for key in entry.keys[:1]]
    return "\t".join([say(text_of(entry, state)), *keys])


def tip(entry: Entry, state: State, say: Say) -> str:
    """Return "Forward a step (→)", or why that can't be done now."""
    why = entry.blocked(state)
    text = say(text_of(entry, state))
    if entry.name == "play" and 0 < state.last == state.index:
        text = say("Play again from the start")
    return say(why) if why else aside(text, key_name(entry, say), say)


def key_name(entry: Entry, say: Say) -> str:
    """Return the entry's keys by their names on a keyboard."""
    return " / ".join(key_text(key, say) for key in entry.keys)
