"""What is unfolded under the formula. No Qt."""

from dataclasses import dataclass

FOLD_KEY = "Ctrl+D"


@dataclass(frozen=True)
class LocalFold:
    """Whether the local derivative of the step is seen."""

    unfolded: bool = False
