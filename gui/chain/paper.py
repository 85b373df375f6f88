"""Widgets as pictures: on paper nothing answers to the mouse or to keys."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPaintDevice, QPainter
from PySide6.QtWidgets import QWidget

from gui.chain.fitted import FittedChain


def draw_on_paper(part: QWidget, paper: QPaintDevice | QPainter) -> None:
    """Draw a widget; a chain in it without what it is dragged by, and without the ring of keys."""
    chains = part.findChildren(FittedChain)
    if isinstance(part, FittedChain):
        chains.append(part)
    for chain in chains:
        chain.on_paper = True
    try:
        part.render(paper, QPoint())
    finally:
        for chain in chains:
            chain.on_paper = False
