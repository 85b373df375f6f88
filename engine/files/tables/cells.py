"""What a cell of a table is: a number, something like one, a missing value, or a name."""

import re
import unicodedata

from engine.numerals import HARD_SPACE, value_of
from engine.user_error import UserError

_MISSING = frozenset(
    {
        *("", "na", "n/a", "n.a.", "nan", "null", "none", "nil", "missing", "-", "--", "---", "—"),
        *("?", "??", ".", "..", "...", "…", "*", "/", "\\", "\\n", "true", "false"),
        *("unknown", "undefined", "nd", "n.d.", "tbd", "empty", "blank", "(null)", "<null>"),
        *("#n/a", "#nv", "#value!", "#div/0!", "#ref!", "#num!", "#name?", "#null!", "<na>"),
        *("空", "无", "無", "缺", "缺失", "未知", "暂无"),
    }
)
"""What stands where there is no number; in small letters."""

_WORDS = frozenset({"nan", "inf", "infinity"})

_NUMBER = re.compile(
    rf"[+-]?(?:\d[\d.,]*(?:[ '{HARD_SPACE}]\d{{3}})*(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?"
)
_FORMULA = re.compile(r'="([^"]*)"')
_BEFORE = " \t-+±~≈<>≤≥=([{'\"`“”‘’„«.,*#&%_|正负負约約\u00a0"
_CURRENCY = re.compile(
    r"(?:USD|EUR|CNY|RMB|GBP|JPY|CHF|HKD|TWD|KRW|INR|AUD|CAD|Rs\.?|Fr\.|kr\.?|元|圆|円|人民币"
    r"|SEK|NOK|DKK|PLN|CZK|HUF|RUB|BRL|MXN|TRY|ZAR|SGD|NZD|THB|IDR|MYR|VND|zł|Kč|Ft|Rp|RM|TL|лв"
    r"|[A-Z]{1,3}(?=[$€£¥]))\s*(?=[\d$€£¥.-])",
    re.IGNORECASE,
)
_ALMOST = re.compile(r"[=:]\s*[+-]?\.?\d|^[oOlI][.,]\d|^[^\W\d_]{1,4}\.?\s*\d+[.,]\d")
"""A number behind its name or unit, x=3 or zł5.00, or with a letter that looks like its digit."""


def cleaned(cell: str) -> str:
    """Return a cell without the spaces around it, and without Excel's way to keep a text: ="1"."""
    cell = cell.strip()
    if cell.startswith('="') and (found := _FORMULA.fullmatch(cell)):
        return found[1].strip()
    return cell


def is_missing(cell: str) -> bool:
    """Whether a cell says that it has no value: NA, null, -, or nothing at all."""
    return cell.casefold() in _MISSING


def is_number(cell: str) -> bool:
    """Whether a cell is a number, whatever its decimal sign is, and its sign for thousands."""
    if _NUMBER.fullmatch(cell):
        return True
    if cell[:1].isalpha() and cell.casefold() not in _WORDS:
        return False
    try:
        return value_of(cell.replace(",", ".")) is not None
    except UserError:
        return True


def looks_like_number(cell: str) -> bool:
    """Whether a cell is a number or begins like one, as no name of a column does: €3, 3 m, 1/2."""
    start = cell.lstrip(_BEFORE)
    start = _CURRENCY.sub("", start, count=1)
    start = "".join(sign for sign in start[:8] if unicodedata.category(sign) != "Sc")
    start = start.lstrip(_BEFORE)
    numeric = bool(start) and (unicodedata.numeric(start[0], None) is not None or start[0] == "∞")
    return numeric or bool(_ALMOST.search(cell)) or is_number(cell)
