"""Reads values and conditions of lessons, by hand and from left to right; nothing is executed."""

import re
from collections.abc import Callable
from typing import NamedTuple

from engine.algorithms import ALGORITHMS
from engine.numerals import plain_signs, value_of
from engine.teaching.places import MOST_DIGITS, Place, Visit, parse_place, parse_visit
from engine.teaching.terms import (
    COMPARISONS,
    LAYERED,
    LONGEST,
    NAMED,
    NEVER,
    OF_THE_CHAIN,
    OF_THE_RUN,
    OPERATORS,
    SIZES,
    WAYS,
    WORDS,
    Condition,
    Operand,
    Term,
    Value,
)
from engine.user_error import UserError, shown
from engine.words import mark


def parse_value(text: str) -> Value:
    """Read a value. Raises `UserError` that says what is wrong, and what is allowed."""
    reader = _Reader(text)
    value = reader.value()
    reader.must_end()
    return value


def parse_condition(text: str) -> Condition:
    """Read a condition. Raises `UserError` that says what is wrong, and what is allowed."""
    reader = _Reader(text)
    left = reader.value()
    comparison = reader.taken(lambda token: token.text in COMPARISONS)
    if comparison is None:
        if reader.token is not None:
            reader.must_end()
        raise UserError(
            mark("{value} is no condition: it compares two values by one of {allowed}."),
            value=shown(text),
            allowed=COMPARISONS,
        )
    right = reader.value()
    reader.must_end()
    return Condition(left, comparison, right, " ".join(text.split()))


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<word>[A-Za-z_]+)"
    r"|(?P<sign><=|>=|==|!=|[-+*/<>@]))"
)
_ALIKE = str.maketrans({"≤": "<=", "≥": ">=", "≠": "!="})


class _Reader:
    """Takes a text from its front, token by token."""

    def __init__(self, text: str) -> None:
        self._whole = " ".join(text.split())
        if len(text) > LONGEST:
            raise UserError(
                mark("{value} is too long for a value: at most {most} characters."),
                value=shown(text),
                most=LONGEST,
            )
        self._text = plain_signs(text).translate(_ALIKE).rstrip()
        self._tokens: list[_Token] = []
        place = 0
        while place < len(self._text):
            found = _TOKEN.match(self._text, place)
            if found is None:
                rest = self._text[place:].strip()
                if rest.startswith("="):
                    raise UserError(mark("a condition of equality is written with ==, not with =."))
                raise UserError(
                    mark("{value} can’t be read from {rest} on."),
                    value=shown(self._whole),
                    rest=shown(rest),
                )
            kind = str(found.lastgroup)
            self._tokens.append(_Token(kind, found[kind], found.start(kind), found.end()))
            place = found.end()
        self._next = 0

    @property
    def token(self) -> _Token | None:
        """What comes next; None at the end."""
        return self._tokens[self._next] if self._next < len(self._tokens) else None

    def taken(self, fits: Callable[[_Token], bool]) -> str | None:
        """Take the next token if it fits."""
        token = self.token
        if token is None or not fits(token):
            return None
        self._next += 1
        return token.text

    def must_end(self) -> None:
        """Raise `UserError` where something is left."""
        if (token := self.token) is not None:
            raise UserError(
                mark("{value} goes on after its end, with {rest}: one operator, one comparison."),
                value=shown(self._whole),
                rest=shown(self._text[token.start :]),
            )

    def value(self) -> Value:
        start = self._next
        first = self._operand()
        operator = self.taken(lambda token: token.text in OPERATORS) or ""
        second = self._operand() if operator else None
        tokens = self._tokens[start : self._next]
        return Value(first, operator, second, self._text[tokens[0].start : tokens[-1].end])

    def _operand(self) -> Operand:
        if (number := self._number()) is not None:
            return number
        word = self._word()
        if word is None:
            raise UserError(
                mark("a value is missing in {value}; there are {allowed}."),
                value=shown(self._whole),
                allowed=WORDS,
            )
        if word == NEVER:
            return float("inf")
        term = self._term(word)
        by = place = None
        if self.taken(lambda token: token.text == "by"):
            by = self._one_of(tuple(ALGORITHMS), "by")
        if self.taken(lambda token: token.text == "@"):
            place = self._place()
        return Term(term.word, term.layer, term.number, term.argument, place, by)

    def _term(self, word: str) -> Term:  # noqa: C901, PLR0911 - a line for each form
        if word == "loss" and self.taken(lambda token: token.text == "with"):
            return self._moved()
        if word in LAYERED or word in ("checked", "error"):
            return Term(word, layer=self._whole_number(word, "1"))
        if word in OF_THE_CHAIN or word in OF_THE_RUN or word in SIZES or word in NAMED:
            return Term(word)
        if word == "mean_loss":
            if self.taken(lambda token: token.text == "end"):
                return Term(word, argument="end")
            return Term(word, number=self._whole_number(word, "160"))
        if word == "answer":
            number = self._number()
            if number is None:
                raise self._lacks(word, "1")
            return Term(word, number=number)
        if word == "multiplications":
            way = self._one_of(WAYS, word)
            counted = self.token is not None and self.token.kind == "number"
            layers = self._whole_number(word, "3") if counted else None
            return Term(word, argument=way, number=layers)
        if word == "changes":
            return Term(word, argument=self._one_of(("weights", "biases"), word))
        if any(word in names for names in NAMED.values()):
            return Term("name", argument=word)
        raise UserError(
            mark("{value} is no value; there are {allowed}."), value=shown(word), allowed=WORDS
        )

    def _moved(self) -> Term:
        which = self._one_of(("weight", "bias"), "loss with")
        layer = self._whole_number(f"loss with {which}", "1")
        sign = self.taken(lambda token: token.text in "+-")
        number = self._number() if sign else None
        if number is None:
            raise UserError(
                mark("{value} lacks how far it is moved: write loss with weight 3 + 1."),
                value=shown(self._whole),
            )
        return Term("loss", layer, -number if sign == "-" else number, which)

    def _word(self) -> str | None:
        return self.taken(lambda token: token.kind == "word")

    def _one_of(self, allowed: tuple[str, ...], after: str) -> str:
        word = self._word()
        if word not in allowed:
            raise UserError(
                mark("after {word} stands one of {allowed}, not {value}."),
                word=after,
                allowed=allowed,
                value=shown(word or ""),
            )
        return word

    def _number(self) -> float | None:
        start = self._next
        sign = self.taken(lambda token: token.text in "+-") or ""
        number = self.taken(lambda token: token.kind == "number")
        if number is None:
            self._next = start
            return None
        value = value_of(number)
        if value is None or abs(value) == float("inf"):
            raise UserError(mark("{value} is not a finite number."), value=shown(number))
        return -value if sign == "-" else value

    def _whole_number(self, word: str, example: str) -> int:
        number = self.taken(lambda token: token.kind == "number")
        if number is None:
            raise self._lacks(word, example)
        if not number.isdecimal() or len(number) > MOST_DIGITS:
            raise UserError(
                mark("after {word} stands a whole number, such as {example}, not {value}."),
                word=word,
                example=example,
                value=shown(number),
            )
        return int(number)

    def _lacks(self, word: str, example: str) -> UserError:
        return UserError(
            mark("a number is missing after {word}: write {word} {example}."),
            word=word,
            example=example,
        )

    def _place(self) -> Place | Visit:
        first = self._next
        while self.taken(lambda t: t.text not in OPERATORS and t.text not in COMPARISONS):
            pass
        tokens = self._tokens[first : self._next]
        text = self._text[tokens[0].start : tokens[-1].end] if tokens else ""
        words = ("start", "end", "before", "after", "step")
        return parse_place(text) if text.startswith(words) else parse_visit(text)
