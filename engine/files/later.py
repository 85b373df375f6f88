"""Files of later versions name the version that reads them.

One with a later number of its format has it in `needs`:

    {"format": …, "version": 2, "needs": "1.4.0", …}

So a version that is older than the file can name the one that is needed, without asking anybody.
"""

import re

from engine.user_error import UserError
from engine.words import mark

_VERSION = re.compile(r"\d{1,4}(\.\d{1,4}){0,2}")


def refuse_later(needs: object) -> None:
    """Raise `UserError` that names the version which `needs`, a value of a file, asks for."""
    if isinstance(needs, str) and _VERSION.fullmatch(needs):
        raise UserError(mark("The file needs Chainstep {needs} or later."), needs=needs)
