"""HTML of the texts of lessons: paragraphs, lists, bold, italic and code."""

import re
from collections.abc import Iterator
from html import escape

_ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(.*)")
_INLINE = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"(?<!\*)\*([^*\s][^*]*)\*"), r"<i>\1</i>"),
)
_TAGS = re.compile(r"<[^>]+>")


def plain(text: str) -> str:
    """Return a plain text as HTML."""
    return escape(text, quote=False)


def of_markdown(text: str) -> str:
    """Return a text of a lesson as HTML in one line."""
    return "".join(_blocks(text))


def paragraphs(*texts: str) -> str:
    """Return pieces of HTML as paragraphs; empty ones are left out."""
    return "".join(f"<p>{text}</p>" for text in texts if text)


def stripped(html: str) -> str:
    """Return HTML without its tags."""
    return _TAGS.sub(" ", html)


def _blocks(text: str) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.split("\n")
        items = [_ITEM.fullmatch(line) for line in lines]
        if all(items):
            yield (
                "<ul>" + "".join(f"<li>{_inline(item[1])}</li>" for item in items if item) + "</ul>"
            )
        else:
            yield f"<p>{_inline(' '.join(line.strip() for line in lines))}</p>"


def _inline(text: str) -> str:
    text = plain(text)
    for pattern, by in _INLINE:
        text = pattern.sub(by, text)
    return text


def number(value: float) -> str:
    """Return a number as all readers read it, without a needless .0."""
    return repr(value).removesuffix(".0")
