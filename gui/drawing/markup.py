"""Text as Qt's rich text has it. No Qt."""

_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


def escape(text: str) -> str:
    """Return what is shown as `text`.

    Python's own `html` brings the names of all signs along, at the first paint.
    """
    return text.translate(_SIGNS)
