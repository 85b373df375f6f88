"""A hand-out: one step a frame, six on a page, each with its caption and its formula."""

from collections.abc import Callable
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
from gui.sheets.ink import POINT
from gui.sheets.papers import A4, PAPERS
from gui.sheets.pdf import drawn
from gui.state import State
from gui.theme import Theme, dressed, math_font, text_font

A_PAGE = 6
"""The number of steps on a page."""

_COLUMNS, _ROWS = 2, 3
_SIDE, _TOP, _BOTTOM, _BETWEEN = 36.0, 54.0, 44.0, 14.0
_HEADING, _WORDS, _FORMULA, _FOOT, _TITLE = 9.5, 8.5, 11.5, 7.5, 13.0
_LEAST_TYPE, _MOST_TYPE = 5.5, 16
"""All in points."""

_CAPTION = 92.0
"""In points: how high caption and formula are together."""


def handout(
    steps: range,
    state: Callable[[int], State],
    tell: Callable[[int], None],
    title: str,
    show: Callable[[int], QImage] | None = None,
) -> bytes:
    """Return the steps as a PDF. `state` returns what is seen at a step.

    The picture is that of the chain, or what `show` returns. `tell` is called before each step with
    how many are done; whatever it raises ends the work.
    """
    frame = _frame()
    pages = ceil(len(steps) / A_PAGE)

    def draw(painter: QPainter, new_page: Callable[[], object]) -> None:
        for done, index in enumerate(steps):
            tell(done)
            seen, place = state(index), done % A_PAGE
            if place == 0:
                if done:
                    new_page()
                _head_and_foot(painter, seen, title, done // A_PAGE + 1, pages)
            column, row = place % _COLUMNS, place // _COLUMNS
            where = frame.translated(
                column * (frame.width() + _BETWEEN * POINT),
                row * (frame.height() + _BETWEEN * POINT),
            )
            _draw_step(painter, where, seen, show(index) if show else None)

    first, last = steps[0], steps[-1]
    return drawn(title, f"{title}\n{first}\n{last}", A4, draw)


def _frame() -> QRectF:
    """Return the first frame of a page."""
    width, height = (POINT * side for side in PAPERS[A4])
    wide = (width - (2 * _SIDE + (_COLUMNS - 1) * _BETWEEN) * POINT) / _COLUMNS
    high = (height - (_TOP + _BOTTOM + (_ROWS - 1) * _BETWEEN) * POINT) / _ROWS
    return QRectF(_SIDE * POINT, _TOP * POINT, wide, high)


def _head_and_foot(painter: QPainter, state: State, title: str, page: int, pages: int) -> None:
    theme, say = dressed(state.look), speech(state.look.locale)
    width, height = (POINT * side for side in PAPERS[A4])
    inside = QRectF(_SIDE * POINT, 0, width - 2 * _SIDE * POINT, height)
    painter.setPen(QColor(theme.text))
    painter.setFont(bold_in(inside.width(), title, _TITLE))
    head = QRectF(inside.left(), 22 * POINT, inside.width(), 22 * POINT)
    painter.drawText(head, int(Qt.AlignmentFlag.AlignVCenter), title)
    painter.setPen(QColor(theme.muted))
    painter.setFont(text_font(_FOOT * POINT))
    foot = QRectF(inside.left(), height - 32 * POINT, inside.width(), 12 * POINT)
    told = say("Page {page} of {pages}").format(page=page, pages=pages)
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), told)
    painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), "Chainstep")


def bold_in(width: float, text: str, points: float) -> QFont:
    """Return bold type of so many points, or smaller, in which a line is no wider than its room."""
    needed = QFontMetricsF(text_font(points * POINT, bold=True)).horizontalAdvance(text)
    return text_font(points * POINT * min(1.0, width / max(needed, 1.0)), bold=True)


def _draw_step(painter: QPainter, where: QRectF, state: State, image: QImage | None) -> None:
    theme = dressed(state.look)
    painter.setPen(QPen(QColor(theme.border), 0.6 * POINT))
    painter.setBrush(QColor(theme.canvas))
    painter.drawRoundedRect(where, 5 * POINT, 5 * POINT)
    inside = where.adjusted(6 * POINT, 5 * POINT, -6 * POINT, -5 * POINT)
    above = inside.adjusted(0, 0, 0, -_CAPTION * POINT)
    if image is not None:
        _draw_image(painter, above, image)
    else:
        _draw_chain(painter, above, state, state.run.experiment)
    below = QRectF(inside)
    below.setTop(above.bottom() + 4 * POINT)
    _draw_caption(painter, below, state, theme)


def _draw_image(painter: QPainter, where: QRectF, image: QImage) -> None:
    scale = min(where.width() / image.width(), where.height() / image.height())
    room = QRectF(0, 0, scale * image.width(), scale * image.height())
    room.moveCenter(where.center())
    painter.drawImage(room, image)


def _draw_chain(painter: QPainter, where: QRectF, state: State, experiment: Experiment) -> None:
    """Draw the chain, or as much of a long one as can be read, around the step."""
    lowest = lowest_height(len(experiment.parameters))
    most = where.height() / lowest
    scale = min(most, max(where.width() / narrowest_width(experiment.layers), 0.55 * most))
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


def _draw_caption(painter: QPainter, where: QRectF, state: State, theme: Theme) -> None:
    picture = formula_picture(state)
    y = where.top()
    painter.setPen(QColor(theme.inks[picture.ink].text))
    heading = _heading(picture, state)
    painter.setFont(bold_in(where.width(), heading, _HEADING))
    painter.drawText(QRectF(where.left(), y, where.width(), 13 * POINT), 0, heading)
    y += 14 * POINT
    painter.setPen(QColor(theme.muted))
    painter.setFont(text_font(_WORDS * POINT))
    room = QRectF(where.left(), y, where.width(), 23 * POINT)
    painter.drawText(room, int(Qt.TextFlag.TextWordWrap), picture.words)
    y += 24 * POINT
    # The sentences after the first one tell the keys of the window.
    rows = (picture.symbols[:1],) if picture.is_prose else _rows(picture)
    for row in rows:
        if row:
            line = QRectF(where.left(), y, where.width(), 17 * POINT)
            _draw_row(painter, line, row, theme, prose=picture.is_prose)
            y += 17 * POINT


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
