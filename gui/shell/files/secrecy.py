"""Nothing is written to a file while a question of a lesson asks how an algorithm computes."""

from engine.user_error import UserError
from engine.words import mark
from gui.state.session import Session

_SECRET = mark("A file would show how the algorithm computes: first answer the question.")


def refuses_files(session: Session) -> bool:
    """Tell whether no file may be written now; then the user is told so."""
    if session.state.secret:
        session.tell(UserError(_SECRET))
    return session.state.secret
