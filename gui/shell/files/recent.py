"""Recent experiments in words: what each is, and when it was left. No Qt."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.presets import preset_of, title_of
from engine.words import mark
from gui.language import Say
from gui.state.record import Entry
from gui.words.names import ACTIVATION_NAMES, counted_layers

_LONGEST = 40
"""In letters: a longer name of a file is shortened in its middle."""


@dataclass(frozen=True, slots=True)
class RecentPicture:
    """`text` for a menu, `hint` with all there is to know."""

    text: str
    hint: str


def recent_picture(entry: Entry, now: datetime, say: Say) -> RecentPicture:
    """Describe an experiment that was open, as it is said at the time `now`."""
    text = say("{what}, {when}").format(what=_what(entry, say), when=_when(entry.time, now, say))
    if entry.edited:
        text = " · ".join((text, *_contents(entry, say)))
    path = entry.document.path
    return RecentPicture(text, "\n".join((*((str(path),) if path else ()), *_contents(entry, say))))


def _what(entry: Entry, say: Say) -> str:
    document = entry.document
    if document.path is not None:
        name = _shortened(document.path.name)
        template = say("{name}, with changes that are not saved")
        return template.format(name=name) if entry.edited else name
    return say("unsaved") if entry.edited else say(title_of(document.experiment))


def _contents(entry: Entry, say: Say) -> tuple[str, ...]:
    experiment, saved = entry.document.experiment, entry.document.saved
    origin = preset_of(saved) if saved and entry.document.path is None else None
    activation = say(ACTIVATION_NAMES[experiment.activation])
    words = [counted_layers(experiment.layers, say), activation]
    if origin is not None and entry.edited:
        words.append(say("from “{title}”").format(title=say(origin.title)))
    return tuple(words)


def _when(moment: float, now: datetime, say: Say) -> str:
    try:
        then = datetime.fromtimestamp(moment, now.tzinfo)
    except (ValueError, OverflowError, OSError):
        return say("at an unknown time")
    clock = f"{then:%H:%M}"
    if then.date() == now.date():
        return say(mark("today {time}")).format(time=clock)
    if then.date() == (now - timedelta(days=1)).date():
        return say(mark("yesterday {time}")).format(time=clock)
    return f"{then:%Y-%m-%d} {clock}"


def _shortened(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST // 2]}…{name[-_LONGEST // 2 :]}"
