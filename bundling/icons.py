"""Draws the program's icon for the systems that take no SVG: icons.py FOLDER.

It runs in the environment of the bundle, which has Qt.
"""

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICON = Path(__file__).resolve().parents[1] / "assets" / "icons" / "chainstep.svg"
KINDS = {"chainstep.png": 256, "chainstep.ico": 256, "chainstep.icns": 512}


def draw(folder: Path) -> None:
    """Write the icon in all kinds that this Qt can write."""
    folder.mkdir(parents=True, exist_ok=True)
    renderer = QSvgRenderer(str(ICON))
    for name, size in KINDS.items():
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter)
        painter.end()
        if not image.save(str(folder / name)):
            print(f"icons.py: this Qt cannot write {name}", file=sys.stderr)


if __name__ == "__main__":
    application = QGuiApplication([])
    draw(Path(sys.argv[1]))
