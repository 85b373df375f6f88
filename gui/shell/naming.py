"""What the experiment in the window is called. No Qt."""

from engine.presets import title_of
from gui.language import speech
from gui.state import State


def name_of(state: State) -> str:
    """Return the name of the lesson, of the file, or of the preset that is open."""
    if state.lesson is not None:
        return state.lesson.lesson.title.of(state.look.language)
    return state.path.stem if state.path else speech(state.look.locale)(title_of(state.experiment))
