"""What is seen of a chain that is longer than its room. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ChainPan:
    """`middle` is the middle of what is seen, as a share of the chain; None follows the steps.

    It holds while the step `index` is shown.
    """

    middle: float | None = None
    index: int = 0

    def __post_init__(self) -> None:
        """Refuse what is not on the chain. Raises ValueError."""
        if self.middle is not None and not 0 <= self.middle <= 1:
            raise ValueError(self.middle)
