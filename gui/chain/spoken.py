"""The boxes and captions of the chain as parts for a screen reader."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, SignalInstance
from PySide6.QtGui import QAccessible

from gui.chain.picture.parts import Part
from gui.drawing.ink import Caption
from gui.state import Pointed
from gui.widgets.accessible import Item

_LINE = 20
"""The height of a caption, in units of the scene."""

OnScreen = Callable[[QRectF], QRectF]
"""Where a place of the scene is, in pixels of the widget."""


def box_item(
    part: Part, on_screen: OnScreen, wished: SignalInstance, ringed: Pointed | None
) -> Item:
    """Return a box; the keys are on that of the number `ringed`."""
    action = part.action
    return Item(
        key=part.name,
        name=part.words,
        description="\n".join(filter(None, (part.role, part.hint))),
        value=part.value,
        role=QAccessible.Role.Button if action else QAccessible.Role.StaticText,
        where=on_screen(QRectF(*part.where)).toAlignedRect(),
        verb=part.verb,
        press=partial(wished.emit, action) if action else None,
        focused=part.name == ringed,
    )


def caption_item(caption: Caption, on_screen: OnScreen, room: float) -> Item:
    """Return what stands above or below the boxes, in a room of this width."""
    where = QRectF(caption.x, caption.y - _LINE / 2, room, _LINE)
    return Item(caption.ink, caption.text, where=on_screen(where).toAlignedRect())
