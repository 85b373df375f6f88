"""What the commands that print have in common: their options, and how the PDF is written."""

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands.output import write
from engine.user_error import UserError, named
from engine.words import mark
from gui.language import ENGLISH
from gui.sheets.papers import A4, PAPERS

if TYPE_CHECKING:
    from gui.sheets.picture.blocks import Document

PDF_ONLY = mark("{value} must end in .pdf.")
TWO_FILES = mark("The answers need a file of their own, not {value} too.")


def add_paper(parser: argparse.ArgumentParser, languages: Sequence[str]) -> None:
    """Add the options of what is printed."""
    parser.add_argument(
        "--language", choices=languages, default=ENGLISH, help=f"of what is written ({ENGLISH})"
    )
    parser.add_argument("--paper", choices=tuple(PAPERS), default=A4, help=f"its size ({A4})")
    parser.add_argument("--key", metavar="KEY.pdf", help="write the answers there, not at the end")


def refuse_names(out: str, key: str | None) -> None:
    """Refuse what is no PDF, and one file for both. Raises `UserError`."""
    for name in (out, key):
        if name is not None and not name.lower().endswith(".pdf"):
            raise UserError(PDF_ONLY, value=named(name))
    if key is not None and Path(key).resolve() == Path(out).resolve():
        raise UserError(TWO_FILES, value=named(key))


def write_pdf(documents: Sequence["Document"], out: str, key: str | None, paper: str) -> None:
    """Write the pages of learners, and the answers after them or in a file of their own.

    All is made before anything is written. Raises OSError.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from gui.sheets.pdf import pdf  # noqa: PLC0415 - Qt is for PDF alone
    from gui.shell.app import application  # noqa: PLC0415
    from gui.theme import load_fonts  # noqa: PLC0415

    application()
    load_fonts(chinese=False)
    load_fonts()
    files = [(out, list(documents))]
    if key is not None:
        files = [(key, [documents[-1]]), (out, list(documents[:-1]))]
    made = [(name, pdf(pages, paper)) for name, pages in files]
    for name, content in made:
        write(name, content)
