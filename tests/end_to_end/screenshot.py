"""Saves what is to be seen on the X display as a PNG; a program of its own for test_display."""

import sys

from PySide6.QtGui import QGuiApplication


def main() -> None:
    """Take the whole screen."""
    app = QGuiApplication(["screenshot", "-platform", "xcb"])
    shown = app.primaryScreen().grabWindow(0)
    if not shown.save(sys.argv[1], "PNG"):
        sys.exit("the screen could not be saved")


if __name__ == "__main__":
    main()
