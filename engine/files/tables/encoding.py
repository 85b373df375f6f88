"""Bytes become text: which encoding a table is in, and which files are not tables."""

import re
import unicodedata

from engine.user_error import UserError
from engine.words import mark

ENCODINGS = ("utf-8", "gb18030", "cp1252", "utf-16-le", "utf-16-be")
"""Those that a table may be in, as Python calls them."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
"""What a file begins with that says its encoding (the byte order mark)."""

_WORKBOOK = mark("This is a spreadsheet, not a table of text: save it as CSV first.")
_ARCHIVE = mark("This is a compressed file, not a table.")
_DOCUMENT = mark("This is a document, not a table.")
_PICTURE = mark("This is a picture, not a table.")
_JSON = mark("This is JSON, not a table.")
_WEB = mark("This is a web page or XML, not a table.")
_NO_TEXT = mark("This is not text (UTF-8, UTF-16, GB 18030 or Latin-1), so it cannot be a table.")

_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", _WORKBOOK),
    (b"\x1f\x8b", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE),
    (b"%PDF", _DOCUMENT),
    (b"{\\rtf", _DOCUMENT),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
)

_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_BIG5_COMMON = (0xA4, 0xC6)
"""The first bytes of the common traditional characters in Big5."""

_FIGURES = ("No", "Sm", "Zs", "Pd")
"""Kinds of signs in numbers, as Unicode calls them: ½, −, spaces and dashes."""

_SHARE = 0.25

_PART = 4096
"""In bytes: the length of the beginning in which UTF-16 without a mark is recognized."""


def decoded(data: bytes, encoding: str = "") -> tuple[str, str]:
    """Return the text of a file and the encoding it is in, one of `ENCODINGS`, or `encoding`.

    Raises `UserError` if it is not text or not a table; it says what the file is.
    """
    _refuse_foreign(data)
    if encoding:
        text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
    else:
        text, encoding = _found(data)
    text = text.rstrip("\x1a")  # the end of a file in DOS
    if _CONTROL.search(text):
        raise UserError(_NO_TEXT)
    _refuse_other_text(text)
    return text, encoding


def _found(data: bytes) -> tuple[str, str]:
    for signature, encoding in _MARKS:
        if data.startswith(signature):
            return _strictly(data[len(signature) :], encoding), encoding
    if b"\x00" in data[:_PART]:
        encoding = _without_mark(data[:_PART])
        return _strictly(data, encoding), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _of_bytes(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise UserError(_NO_TEXT) from None


def _without_mark(part: bytes) -> str:
    """Return the UTF-16 in which many signs of a table, being ASCII, have a 0 as one byte.

    Raises `UserError` where the zeros are no such ones.
    """
    first, second = part[0::2].count(0), part[1::2].count(0)
    many = max(first, second)
    if 2 * many < _SHARE * len(part) or _SHARE * many < min(first, second):
        raise UserError(_NO_TEXT)
    return "utf-16-be" if first > second else "utf-16-le"


def _of_bytes(data: bytes) -> tuple[str, str]:
    """Return a text in GB 18030 where that gives common Chinese characters, else in Latin-1."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if text and all(map(_is_common, set(text))):
        return text, "gb18030"
    try:
        return data.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return data.decode("latin-1"), "cp1252"


def _is_common(sign: str) -> bool:
    if sign.isascii() or unicodedata.category(sign) in _FIGURES:
        return True
    try:
        return bool(sign.encode("gb2312"))
    except UnicodeEncodeError:
        first, last = _BIG5_COMMON
        code = sign.encode("big5", errors="ignore")
        return bool(code) and first <= code[0] <= last


def _refuse_foreign(data: bytes) -> None:
    for signature, told in _FOREIGN:
        if data.startswith(signature):
            raise UserError(told)
    if data.startswith(b"PK\x03\x04"):
        workbook = any(part in data for part in (b"xl/", b"opendocument.spreadsheet"))
        raise UserError(_WORKBOOK if workbook else _ARCHIVE)


def _refuse_other_text(text: str) -> None:
    start = text[:_PART].lstrip()
    if start.startswith(("{", "[{", "[[")) or re.match(r"\[\s*[\[{]", start):
        raise UserError(_JSON)
    if re.match(r"<(?:!doctype|html|\?xml|table|!--|svg)", start, re.IGNORECASE):
        raise UserError(_WEB)
