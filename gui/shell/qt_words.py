"""The words of Qt's own parts, such as its dialog for files, in the language of the window."""

from PySide6.QtCore import QLibraryInfo, QObject, QTranslator
from PySide6.QtWidgets import QApplication

_FORMER = {"QFileDialog": "QFileDialog", "QAbstractFileIconProvider": "QFileDialog"}
"""Where Qt's catalogues have the words of a class: some still under the name it had before."""


class _Former(QTranslator):
    """Finds what Qt's catalogue has under a former name of a class, or without a letter to press.

    Qt changed "Look in:" to "&Look in:", its catalogues did not follow. It is asked last, for what
    is found nowhere else: that is rare, while Qt asks for the names of keys thousands of times.
    """

    def __init__(self, words: QTranslator, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words

    def isEmpty(self) -> bool:
        """Tell that there is something in it: Qt installs no other."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """Return the words, or None where there are none in the catalogue either."""
        former = _FORMER.get(context)
        if former is None:
            return None
        plain = source.replace("&", "")
        return self._words.translate(former, plain, disambiguation, n) or None


class QtWords:
    """Has Qt speak a language; `parent` is what they go with."""

    def __init__(self, app: QApplication, parent: QObject) -> None:
        self._app, self._words = app, QTranslator(parent)
        self._former = _Former(self._words, parent)
        app.installTranslator(self._former)

    def end(self) -> None:
        """Let Qt speak as it did before."""
        for words in (self._words, self._former):
            self._app.removeTranslator(words)

    def speak(self, language: str) -> None:
        """Say everything in a language from now on, as far as Qt knows it."""
        self._app.removeTranslator(self._words)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._words.load(f"qtbase_{language}", folder):
            self._app.installTranslator(self._words)
