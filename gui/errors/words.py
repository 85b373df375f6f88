"""What the window says of an unexpected exception. No Qt."""

from engine.user_error import UserError
from engine.words import mark

SORRY = mark(
    "This part could not be drawn. The rest continues to work. Help → Report a "
    "problem… shows the details."
)
"""What is shown in place of a part that failed."""

FAILED = UserError(
    mark(
        "There was an internal error. The rest continues to work. Help → Report a "
        "problem… shows the details."
    )
)
"""What the status line says when anything failed."""
