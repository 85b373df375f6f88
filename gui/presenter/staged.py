"""The state as a class sees it. No Qt."""

from dataclasses import replace

from gui.state import State
from gui.state.presenter import Presenter

THEME = "projector"


def staged(state: State, zoom: int) -> State:
    """Return a state in the projector's theme, its type `zoom` percent of the ordinary size.

    Nothing in it is edited, on whatever screen it is seen.
    """
    look = replace(state.look, theme=THEME, zoom=zoom, system_type=1.0)
    presenter = replace(state.presenter or Presenter(), audience=False)
    return replace(state, look=look, presenter=presenter)
