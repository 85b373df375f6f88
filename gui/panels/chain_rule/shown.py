"""What is unfolded in the chain-rule panel. No Qt."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CostFold:
    """Whether the table and the diagram of the cost are seen; None: where there is room."""

    unfolded: bool | None = None
