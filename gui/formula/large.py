"""The formula for a class: what is done in a sentence as large as the line below it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from gui.drawing.markup import escape
from gui.formula.picture import FormulaPicture
from gui.formula.sizes import headed_font
from gui.formula.view import FormulaView, signed
from gui.theme import Theme

_TYPE, _HEIGHT, _PROSE = 24, 138, 19
"""In pixels, at the ordinary size of type: of the sentence, of all, and of what stands there
before the first step."""

_MARGIN = 24

_SHARE = 0.52
"""How much of the height is the sentence's."""


class LargeFormula(FormulaView):
    """Shows what the step computes, the line below the sentence."""

    height_of_all, size_of_prose = _HEIGHT, _PROSE

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading.hide()
        self._row.removeWidget(self._fold)
        self._fold.hide()
        self._words.setProperty("role", "")
        self._words.setTextFormat(Qt.TextFormat.RichText)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._line.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._row.setDirection(QBoxLayout.Direction.TopToBottom)

    def _present_fold(self, picture: FormulaPicture, theme: Theme) -> None:
        """Show no button to a class; the key folds here, too."""

    def _tell(self, picture: FormulaPicture, theme: Theme) -> None:
        """Leave it to `_fit`, which knows the room."""

    def _fit(self) -> None:
        if self._shown.value is None:
            return
        picture, theme = self._shown.value
        wide = self.width() - 2 * _MARGIN
        high = self.height() - 8 - self._fit_local(picture, theme)
        above = round(_SHARE * high)
        self._side.setFixedSize(max(0, wide), above)
        room = QRectF(0, 0, 0.97 * (wide - _MARGIN), above)
        told = signed(picture), picture.words
        font, breaks = headed_font(*told, self._sized(theme, _TYPE), room)
        if self._words.font() != font:
            self._words.setFont(font)
        between = "<br>" if breaks else "\u2002"
        head = f'<b style="color:{theme.inks[picture.ink].text}">{escape(signed(picture))}</b>'
        self._words.setText(f"{head}{between}{escape(picture.words)}")
        self._fit_line(picture, theme, wide, high - above, asks=False)
