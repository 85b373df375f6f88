"""Which piece of the map is seen. No Qt."""

from dataclasses import dataclass

from gui.state.views import has_area


@dataclass(frozen=True)
class MapZoom:
    """Left, right, bottom and top of what is seen over these two axes; empty is the whole map."""

    axes: tuple[str, str] = ("", "")
    edges: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what is no piece of a plane. Raises ValueError."""
        if self.edges and not has_area(self.edges):
            raise ValueError(self.edges)
