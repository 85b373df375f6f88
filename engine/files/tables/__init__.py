r"""Tables as other programs write them: bytes → text → rows → columns → two numbers per row.

    >>> read_text("x;target\n0,5;−1,25\n").samples()
    (Sample(x=0.5, target=-1.25),)

`read` and `read_text` find out how a table is written and return a `Table`, which says what was
understood; a `Layout` tells them how to read it instead.
"""

from engine.files.tables.encoding import ENCODINGS
from engine.files.tables.rows import DELIMITERS
from engine.files.tables.signs import SIGNS, Signs
from engine.files.tables.table import Layout, Table, read, read_text

__all__ = [
    "DELIMITERS",
    "ENCODINGS",
    "SIGNS",
    "Layout",
    "Signs",
    "Table",
    "read",
    "read_text",
]
