"""gui.animation.handout: lines that stay in their frames."""

import pytest
from PySide6.QtGui import QFontMetricsF

from gui.animation.handout import bold_in


@pytest.mark.usefixtures("qapp")
def test_a_long_heading_is_written_smaller_and_not_cut() -> None:
    heading = "→ Hacia adelante · capa 12, época 1, muestra 1, paso 12"
    for width in (2000.0, 1200.0):
        font = bold_in(width, heading, 9.5)
        assert QFontMetricsF(font).horizontalAdvance(heading) <= 1.01 * width
    assert bold_in(9999, heading, 9.5) == bold_in(9999, "L", 9.5)
