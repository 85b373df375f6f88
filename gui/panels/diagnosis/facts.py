"""What is true of the parameters at the present place: the edge, the identity, the invariants."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from gui.drawing.ink import Ink
from gui.language import Say
from gui.panels.diagnosis.picture import ROWS, DiagnosisPicture, Gauge, IdentityPicture
from gui.panels.diagnosis.remarks import dress, sentence_label
from gui.theme import Theme, math_font, text_font
from gui.widgets.labels import heading
from gui.words.glossary import meaning, with_digits
from gui.words.meanings import Meaning


class Facts(QWidget):
    """The section on the parameters before this update."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = heading()
        self._heading.setWordWrap(True)
        self._gauge, self._identity = GaugeView(), IdentityView()
        self._drift = sentence_label()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for widget in (self._heading, self._gauge, self._identity, self._drift):
            column.addWidget(widget)

    def present(self, picture: DiagnosisPicture, say: Say, theme: Theme) -> None:
        """Show the facts."""
        self._heading.setText(picture.heading)
        self._gauge.present(picture.gauge, say, theme)
        self._identity.setVisible(picture.identity is not None)
        if picture.identity is not None:
            self._identity.present(picture.identity, say, theme)
        self._drift.setVisible(bool(picture.drift))
        self._drift.setText(picture.drift)
        self._drift.setToolTip(meaning(Meaning.INVARIANT, say))


class GaugeView(QWidget):
    """Two numbers, a bar that shows one beside the other, and a word on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curvature, self._edge = sentence_label(), sentence_label()
        self._curvature.setObjectName("curvature")
        self._edge.setObjectName("edge")
        self._edge.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._bar, self._verdict = Bar(), sentence_label()
        numbers = QHBoxLayout()
        numbers.addWidget(self._curvature)
        numbers.addWidget(self._edge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(numbers)
        column.addWidget(self._bar)
        column.addWidget(self._verdict)

    def present(self, gauge: Gauge, say: Say, theme: Theme) -> None:
        """Show the curvature beside the edge."""
        self._curvature.setText(say("Curvature {number}").format(number=gauge.curvature))
        self._edge.setText(say("edge of stability 2/α = {number}").format(number=gauge.edge))
        self._bar.present(gauge, theme)
        self._verdict.setText(gauge.verdict)
        self._bar.setToolTip(gauge.hint)
        for widget, term in ((self._curvature, Meaning.CURVATURE), (self._edge, Meaning.EDGE)):
            widget.setToolTip(with_digits(term, gauge.hint, say))


class Bar(QWidget):
    """A bar as long as the curvature is large, with a mark at the edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gauge: Gauge | None = None
        self._theme: Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a flat size."""
        return QSize(100, self._theme.size(16) if self._theme else 16)

    def present(self, gauge: Gauge, theme: Theme) -> None:
        """Show a curvature."""
        if (self._gauge, self._theme) == (gauge, theme):
            return
        if self._theme != theme:
            self._theme = theme
            self.updateGeometry()
        self._gauge = gauge
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the track, the bar on it where there is a number, and the mark."""
        if self._gauge is None or self._theme is None:
            return
        theme, width, height = self._theme, self.width(), self.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        middle, thick = height / 2, height / 2
        track = QRectF(0, middle - thick / 2, width, thick)
        painter.setBrush(QColor(theme.border))
        painter.drawRoundedRect(track, thick / 2, thick / 2)
        if self._gauge.share is not None:
            colour = theme.problem if self._gauge.above else theme.inks[Ink.FORWARD].line
            painter.setBrush(QColor(colour))
            length = max(thick, width * self._gauge.share)
            painter.drawRoundedRect(QRectF(0, track.top(), length, thick), thick / 2, thick / 2)
        painter.setBrush(QColor(theme.text))
        painter.drawRect(QRectF(round(width * self._gauge.edge_share) - 1, 0, 2, height))
        painter.end()


class IdentityView(QWidget):
    """(e − ê)·e and wᵢ·∂L/∂wᵢ, in rows with their values on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._rows = [self._row(row) for row in range(ROWS + 1)]
        self._verdict = sentence_label()
        self._verdict.setObjectName("identity verdict")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._grid)
        column.addWidget(self._verdict)

    def _row(self, row: int) -> tuple[QLabel, QLabel]:
        symbol, value = QLabel(), QLabel()
        self._grid.addWidget(symbol, row, 0)
        self._grid.addWidget(value, row, 1, Qt.AlignmentFlag.AlignRight)
        return symbol, value

    def present(self, picture: IdentityPicture, say: Say, theme: Theme) -> None:
        """Show both sides of the identity."""
        lines = [(picture.symbol, picture.value, picture.hint)]
        lines += [(row.symbol, row.value, row.hint) for row in picture.rows]
        for number, labels in enumerate(self._rows):
            for label in labels:
                label.setVisible(number < len(lines))
        for (symbol, value), line in zip(self._rows, lines, strict=False):
            dress(symbol, math_font(theme.size(14)))
            dress(value, text_font(theme.size(13)))
            for label, text in ((symbol, line[0]), (value, line[1])):
                label.setText(text)
                label.setToolTip(with_digits(Meaning.IDENTITY, line[2], say))
        self._verdict.setText(picture.verdict)
