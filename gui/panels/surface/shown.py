"""Which piece of the loss surface is seen. No Qt."""

from dataclasses import dataclass

from gui.state.views import has_area

Piece = tuple[float, ...]
"""Left, right, low and high."""


@dataclass(frozen=True)
class SurfaceZoom:
    """The piece that is seen, empty for all; it holds for these axes in this frame."""

    axes: tuple[str, str] = ("", "")
    frame: Piece = ()
    piece: Piece = ()

    def __post_init__(self) -> None:
        """Refuse what is no piece. Raises ValueError."""
        for piece in filter(None, (self.frame, self.piece)):
            if not has_area(piece):
                raise ValueError(piece)
