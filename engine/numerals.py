"""Numbers as people write them: in a field, in a table, on the command line.

    >>> read_number("−0,5"), read_number("1½"), read_number("1×10⁻³")
    (-0.5, 1.5, 0.001)

Both `.` and `,` are decimal signs, in any keyboard's form; a separator of thousands is refused,
since `1,000` may mean 1 or 1000. Infinities and NaN are read: the field that needs a finite number
refuses them under its own name.
"""

import math
import re
import unicodedata

from engine.user_error import UserError
from engine.words import mark

NO_NUMBER = mark("{value} is not a number: write one like 0.05 or −1e−3.")
NOT_FINITE = mark("{value} is not a number: infinite ones are not allowed.")

LONGEST = 2000
"""In characters: a float written out in full, to its last digit, is shorter."""

NOT_WHOLE = mark("{value} is not a number: write a whole number like 240.")

_QUOTED = 24
"""In characters: the longest part of a refused text that is quoted."""

HARD_SPACE = "\u00a0"
"""Stands for every space that keeps a number together."""

_ALIKE = {
    "-": "−－﹣‐‑‒–—˗",
    "+": "＋﹢",
    ".": "．。｡﹒٫",
    ",": "，﹐",
    ";": "；﹔",
    "/": "／⁄∕",
    "*": "＊×·⋅∙✕",
    "^": "＾",
    "'": "’‘ʼ′＇",
    '"': "＂",
    "|": "｜",
    "#": "＃",
    "?": "？",
    "e": "ｅ",
    "E": "Ｅ",
    " ": "\u3000",
    HARD_SPACE: "\u202f\u2007\u2009\u2002\u2003\u2004\u2005\u2006\u2008\u200a\u205f",
}
_PLAIN: dict[int, str | None] = {
    **{ord(sign): plain for plain, signs in _ALIKE.items() for sign in signs},
    **{ord("０") + digit: str(digit) for digit in range(10)},
    **dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"), None),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), None),
}
"""What is typed for a sign, and the sign; what can't be seen counts for nothing."""

_RAISED = "⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = str.maketrans(_RAISED, "+-0123456789")
_POWER = re.compile(f"[{_RAISED}]+")
_VULGAR = re.compile(r"(\d?)\s*([¼½¾⅐-⅞↉])")

_UNSIGNED = r"(?:\d+(?:\.\d*)?|\.\d+)"
_PLAIN_NUMBER = re.compile(rf"[+-]?{_UNSIGNED}(?:[eE][+-]?\d+)?")
_SCIENTIFIC = re.compile(
    rf"([+-]?)(?:({_UNSIGNED})\s*[*xX]\s*)?10\s*(?:\^|\*\*)\s*(?:([+-]?\d+)|\(([+-]?\d+)\)|\{{([+-]?\d+)\}})"
)
_FRACTION = re.compile(rf"([+-]?)(?:(\d+)\s+)?({_UNSIGNED})\s*/\s*({_UNSIGNED})")
_NOT_FINITE = re.compile(r"[+-]?(?:inf|infinity|nan)", re.IGNORECASE)
_INFINITE = re.compile(r"[+-]?\s*∞")
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_GROUPED = re.compile(rf"[+-]?\d{{1,3}}(?:([ '_.,{HARD_SPACE}])\d{{3}})(?:\1\d{{3}})*(?:[.,]\d*)?")


def plain_signs(text: str) -> str:
    """Return `text` with one form for each sign and digit: `－０，５` becomes `-0,5`."""
    return text if text.isascii() else text.translate(_PLAIN)


def read_number(text: str, *, whole: bool = False, sign: str = ".") -> float:
    """Return the number that was typed; with `whole`, an int if it is a whole number.

    Raises `UserError` if it is not a number, or could mean two numbers: 1,000, unless `sign` says
    that numbers are written with a comma.
    """
    plain = plain_signs(text[: LONGEST + 1]).strip()
    if not plain:
        raise UserError(mark("A number is missing here."))
    if len(text) <= LONGEST and (sign == "," or not _EITHER.fullmatch(plain)):
        value = value_of(plain.replace(",", ".")) if plain.count(",") <= 1 else None
        if value is not None:
            return _whole(plain.replace(",", "."), value) if whole else value
    raise _refusal(text, plain, whole=whole)


def value_of(plain: str) -> float | None:
    """Return the number that a text of `plain_signs` is, or None; only `.` is a decimal sign.

    Raises `UserError` for a fraction of 0, where a number is too small for a float, and for more
    than `LONGEST` signs.
    """
    if len(plain) > LONGEST:
        raise _too_long(plain)
    if _PLAIN_NUMBER.fullmatch(plain):
        return _held(float(plain), plain)
    if _NOT_FINITE.fullmatch(plain):
        return float(plain)
    if not plain.isascii():
        plain = _VULGAR.sub(_written_out, plain)
        plain = _POWER.sub(lambda raised: "^" + raised[0].translate(_LOWERED), plain)
    if found := _SCIENTIFIC.fullmatch(plain):
        sign, mantissa, *exponents = found.groups()
        number = f"{sign}{mantissa or 1}e{next(filter(None, exponents))}"
        return _held(float(number), number)
    if found := _FRACTION.fullmatch(plain):
        return _divided(plain, *found.groups())
    return None


def _written_out(sign: re.Match[str]) -> str:
    # ½ is written 1⁄2, with a slash of its own.
    before, fraction = sign.groups()
    written = unicodedata.normalize("NFKC", fraction).translate(_PLAIN)
    return f"{before} {written}" if before else written


def _held(value: float, text: str) -> float:
    if value == 0 and re.search("[1-9]", re.split("[eE]", text)[0]):
        raise UserError(
            mark("{value} is too small: the smallest number above 0 is 5e−324."),
            value=quoted(text),
        )
    return value


def _divided(text: str, sign: str, count: str | None, above: str, below: str) -> float:
    from fractions import Fraction  # noqa: PLC0415 - for who writes one

    divisor = Fraction(below)
    if not divisor:
        raise UserError(mark("{value} divides by zero."), value=quoted(text))
    try:
        value = float(Fraction(count or 0) + Fraction(above) / divisor)
    except OverflowError:
        value = math.inf
    return -value if sign == "-" else value


def _whole(plain: str, value: float) -> float:
    """Return the int that `plain` is, to its last digit; another number as it is."""
    if re.fullmatch(r"[+-]?\d+", plain):
        return int(plain)
    if not math.isfinite(value) or not value.is_integer():
        return value
    if not value or not _PLAIN_NUMBER.fullmatch(plain):
        return int(value)
    from decimal import Decimal  # noqa: PLC0415 - for whole numbers written with a power or a point

    return int(Decimal(plain))


def _refusal(text: str, plain: str, *, whole: bool) -> UserError:
    value = quoted(text)
    if len(text) > LONGEST:
        return _too_long(text)
    if _EITHER.fullmatch(plain):
        return UserError(
            mark("{value} is not a number: it could be {one} or {other}, so write one of these."),
            value=value,
            one=plain.replace(",", ""),
            other=plain.replace(",", "."),
        )
    if found := _GROUPED.fullmatch(plain):
        meant = plain.replace(found[1], "").replace(",", ".")
        return UserError(
            mark("{value} is not a number: write {meant}, with one decimal sign and no other."),
            value=value,
            meant=quoted(meant)[1:-1],
        )
    if _INFINITE.fullmatch(plain):
        return UserError(NOT_FINITE, value=value)
    if plain.count(",") + plain.count(".") > 1 or "_" in plain:
        return UserError(
            mark("{value} is not a number: write it with one decimal sign and no other."),
            value=value,
        )
    if whole:
        return UserError(NOT_WHOLE, value=value)
    return UserError(NO_NUMBER, value=value)


def _too_long(text: str) -> UserError:
    return UserError(
        mark("{value} is not a number: it has more than {most} signs."),
        value=quoted(text),
        most=LONGEST,
    )


def quoted(text: str) -> str:
    """Return a text that was typed, in quotation marks, cut in its middle where it is long."""
    short = text if len(text) <= _QUOTED else f"{text[: _QUOTED // 2]}…{text[-_QUOTED // 2 :]}"
    return f"“{''.join(sign if sign.isprintable() else '·' for sign in short)}”"
