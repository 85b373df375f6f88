"""A hand-out: one step a frame, six on a page, each with its caption and its formula."""

from collections.abc import Callable, Iterator
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QRegion

from engine import Experiment
from gui.chain.picture import chain_picture
from gui.chain.picture.layout import lowest_height, narrowest_width
from gui.chain.scene import draw_scene
from gui.drawing.ink import SIGNS
from gui.formula.picture import FormulaPicture, Piece, formula_picture
from gui.language import speech
from gui.language.joining import clauses
from gui.sheets.ink import PAPER, POINT
from gui.sheets.paging import usual_paper
from gui.sheets.papers import PAPERS
from gui.sheets.pdf import drawn, made
from gui.state import State
from gui.theme import Theme, dressed, math_font, text_font

A_PAGE = 6
"""The number of steps on a page."""

_COLUMNS, _ROWS = 2, 3
_SIDE, _TOP, _BOTTOM, _BETWEEN = 24.0, 42.0, 32.0, 8.0
_HEAD, _FOOT_AT, _FOOT_HIGH = (14.0, 22.0), 26.0, 12.0
_INSIDE, _UNDER, _EDGE = 6.0, 4.0, 1.5
_HEADING, _WORDS, _FORMULA, _FOOT, _TITLE = 9.5, 8.5, 11.5, 7.5, 13.0
_LEAST_TYPE, _MOST_TYPE = 5.5, 16
"""All in points. A chain has air around it already, and comes near to the edge of its frame."""

_LINE, _WORD_LINE, _ROW = 14.0, 11.5, 17.0
_MOST_WORDS, _ROWS_OF_FORMULA = 2, 2
"""The heights of the lines of a caption, in points, and how many of them there are at most."""

_WRAP = Qt.TextFlag.TextWordWrap

_LOWEST, _IN_PART = 75.0, 0.7
"""In points: a longer chain is not drawn lower than this, but in part, at this share of the height
that there is."""


def handout(
    steps: range,
    state: Callable[[int], State],
    tell: Callable[[int], None],
    title: str,
    show: Callable[[int], QImage] | None = None,
    paper: str = "",
) -> bytes:
    """Return the steps as a PDF, on the paper that is usual here where none is named.

    `state` returns what is seen at a step. The picture is that of the chain, or what `show`
    returns. `tell` is called before each step with how many are done; whatever it raises ends the
    work.
    """
    paper = paper or usual_paper()
    frame = _frame(paper)
    pages = ceil(len(steps) / A_PAGE)

    def draw(painter: QPainter, new_page: Callable[[], object]) -> Iterator[None]:
        for page in range(pages):
            first = page * A_PAGE
            indices = steps[first : first + A_PAGE]
            tell(first)
            seen = [state(index) for index in indices]
            if page:
                new_page()
            _head_and_foot(painter, seen[0], title, page + 1, pages, paper)
            words = max(_word_lines(one, frame.width() - 2 * _INSIDE * POINT) for one in seen)
            for place, index in enumerate(indices):
                tell(first + place)
                column, row = place % _COLUMNS, place // _COLUMNS
                where = frame.translated(
                    column * (frame.width() + _BETWEEN * POINT),
                    row * (frame.height() + _BETWEEN * POINT),
                )
                _draw_step(painter, where, seen[place], words, show(index) if show else None)
                yield

    first, last = steps[0], steps[-1]
    return made(drawn(title, f"{title}\n{first}\n{last}", paper, draw))


def _frame(paper: str) -> QRectF:
    """Return the first frame of a page."""
    width, height = (POINT * side for side in PAPERS[paper])
    wide = (width - (2 * _SIDE + (_COLUMNS - 1) * _BETWEEN) * POINT) / _COLUMNS
    high = (height - (_TOP + _BOTTOM + (_ROWS - 1) * _BETWEEN) * POINT) / _ROWS
    return QRectF(_SIDE * POINT, _TOP * POINT, wide, high)


def _word_lines(state: State, width: float) -> int:
    """Return how many lines the sentence of a step takes."""
    metrics = QFontMetricsF(text_font(_WORDS * POINT))
    room = QRectF(0, 0, width, 9e9)
    wrapped = metrics.boundingRect(room, int(_WRAP), formula_picture(state).words)
    lines = round(wrapped.height() / metrics.lineSpacing())
    return min(max(lines, 1), _MOST_WORDS)


def _head_and_foot(
    painter: QPainter, state: State, title: str, page: int, pages: int, paper: str
) -> None:
    say = speech(state.look.locale)
    width, height = (POINT * side for side in PAPERS[paper])
    inside = QRectF(_SIDE * POINT, 0, width - 2 * _SIDE * POINT, height)
    painter.setPen(QColor(PAPER.text))
    painter.setFont(bold_in(inside.width(), title, _TITLE))
    top, high = _HEAD
    head = QRectF(inside.left(), top * POINT, inside.width(), high * POINT)
    painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), title)
    painter.setPen(QColor(PAPER.muted))
    painter.setFont(text_font(_FOOT * POINT))
    down = height - _FOOT_AT * POINT
    foot = QRectF(inside.left(), down, inside.width(), _FOOT_HIGH * POINT)
    told = say("Page {page} of {pages}").format(page=page, pages=pages)
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), told)
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), "Chainstep")


def bold_in(width: float, text: str, points: float) -> QFont:
    """Return bold type of so many points, or smaller, in which a line is no wider than its room."""
    needed = QFontMetricsF(text_font(points * POINT, bold=True)).horizontalAdvance(text)
    return text_font(points * POINT * min(1.0, width / max(needed, 1.0)), bold=True)


def _draw_step(
    painter: QPainter, where: QRectF, state: State, words: int, image: QImage | None
) -> None:
    """Draw a frame: the picture, and under it the caption, with `words` lines for its sentence."""
    theme = dressed(state.look)
    painter.setPen(QPen(QColor(theme.border), 0.6 * POINT))
    painter.setBrush(QColor(theme.canvas))
    painter.drawRoundedRect(where, 5 * POINT, 5 * POINT)
    across, edge = _INSIDE * POINT, _EDGE * POINT
    caption = (_LINE + words * _WORD_LINE + _ROWS_OF_FORMULA * _ROW) * POINT
    under = _UNDER * POINT
    below = where.adjusted(across, where.height() - caption - under, -across, -under)
    above = where.adjusted(edge, edge, -edge, -caption - 2 * under)
    if image is not None:
        _draw_image(painter, above.adjusted(edge, edge, -edge, -edge), image)
    else:
        _draw_chain(painter, above, state, state.run.experiment)
    _draw_caption(painter, below, state, words, theme)


def _draw_image(painter: QPainter, where: QRectF, image: QImage) -> None:
    scale = min(where.width() / image.width(), where.height() / image.height())
    room = QRectF(0, 0, scale * image.width(), scale * image.height())
    room.moveCenter(where.center())
    painter.drawImage(room, image)


def _draw_chain(painter: QPainter, where: QRectF, state: State, experiment: Experiment) -> None:
    """Draw the chain, or as much of a long one as can be read, around the step."""
    lowest = lowest_height(len(experiment.parameters))
    high, whole = where.height() / lowest, where.width() / narrowest_width(experiment.layers)
    scale = min(high, whole) if whole * lowest >= _LOWEST * POINT else _IN_PART * high
    picture = chain_picture(state, where.width() / scale, where.height() / scale)
    width = where.width() / scale
    left = min(max(picture.focus - width / 2, 0.0), max(picture.width - width, 0.0))
    painter.save()
    painter.setClipRect(where)
    painter.translate(where.left() - scale * left, where.top())
    if picture.width < width:
        painter.translate(scale * (width - picture.width) / 2, 0)
    painter.scale(scale, scale)
    everywhere = QRegion(-(10**6), -(10**6), 2 * 10**6, 2 * 10**6)
    least = min(_MOST_TYPE, ceil(_LEAST_TYPE * POINT / scale))
    draw_scene(painter, dressed(state.look), picture, (left, width), 1.0, everywhere, least)
    painter.restore()


def _draw_caption(painter: QPainter, where: QRectF, state: State, words: int, theme: Theme) -> None:
    picture = formula_picture(state)
    y = where.top()
    painter.setPen(QColor(theme.inks[picture.ink].text))
    heading = _heading(picture, state)
    painter.setFont(bold_in(where.width(), heading, _HEADING))
    painter.drawText(QRectF(where.left(), y, where.width(), 13 * POINT), 0, heading)
    y += _LINE * POINT
    painter.setPen(QColor(theme.muted))
    painter.setFont(text_font(_WORDS * POINT))
    room = QRectF(where.left(), y, where.width(), words * _WORD_LINE * POINT)
    painter.drawText(room, int(_WRAP), picture.words)
    y += room.height()
    # The sentences after the first one tell the keys of the window.
    rows = (picture.symbols[:1],) if picture.is_prose else _rows(picture)
    for row in rows:
        if row:
            line = QRectF(where.left(), y, where.width(), _ROW * POINT)
            _draw_row(painter, line, row, theme, prose=picture.is_prose)
            y += _ROW * POINT


def _rows(picture: FormulaPicture) -> tuple[tuple[Piece, ...], ...]:
    symbols, first, rest = picture.rows
    return symbols, (*first, *rest)


def _heading(picture: FormulaPicture, state: State) -> str:
    say, moment = speech(state.look.locale), state.moment
    sign = SIGNS.get(picture.ink)
    named = f"{sign} {picture.heading}" if sign and picture.numbers else picture.heading
    place = say("epoch {epoch}, sample {sample}, step {step}").format(
        epoch=moment.epoch, sample=moment.sample, step=moment.position
    )
    return clauses((named, place), say) if picture.numbers else named


def _draw_row(
    painter: QPainter, where: QRectF, row: tuple[Piece, ...], theme: Theme, *, prose: bool
) -> None:
    """Draw a line of pieces; smaller where it is wider than its place."""
    points = _WORDS if prose else _FORMULA

    def fonts(size: float) -> list[QFontMetricsF]:
        return [QFontMetricsF(_font(piece, size, prose=prose)) for piece in row]

    texts = [piece.text.lstrip() if k == 0 else piece.text for k, piece in enumerate(row)]
    wide = sum(m.horizontalAdvance(t) for m, t in zip(fonts(points), texts, strict=True))
    points *= min(1.0, where.width() / max(1.0, wide))
    x, base = where.left(), where.top() + 12.5 * POINT
    for piece, text in zip(row, texts, strict=True):
        font = _font(piece, points, prose=prose)
        painter.setFont(font)
        painter.setPen(QColor(theme.inks[piece.ink].text))
        painter.drawText(QPointF(x, base), text)
        x += QFontMetricsF(font).horizontalAdvance(text)


def _font(piece: Piece, points: float, *, prose: bool) -> QFont:
    if prose:
        return text_font(points * POINT)
    return math_font(points * POINT, bold=piece.bold, italic=piece.italic)
