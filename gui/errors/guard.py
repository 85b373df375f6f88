"""The guard between Qt and Python: no exception leaves a function that Qt calls.

PySide can't hand one on. It is printed, or raised again wherever Python runs next, or it ends the
process: a painter that is still at work does, and up to Python 3.11 so does any exception that
Python itself raises (1 / 0). So every function of Qt's that some class overrides is wrapped, when
the class is made or is given it: the program's own classes and pyqtgraph's alike. What fails is
noted, and where something should have been painted, a sentence is.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from inspect import isfunction
from types import FrameType, MappingProxyType
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary, WeakSet

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QObject,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QAbstractScrollArea, QGraphicsItem, QWidget
from shiboken6 import Shiboken

from gui.errors.faults import Kept, faults
from gui.errors.faults import watch as watch_the_rest
from gui.errors.sorry import Sorry, paint_sorry


def _size(*given: object) -> QSize | QSizeF:
    # Layouts of graphics count in fractions of pixels.
    return QSizeF() if given and isinstance(given[0], Qt.SizeHint) else QSize()


_INSTEAD: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "accept": lambda: None,
        "boundingRect": lambda: QRectF(),  # noqa: PLW0108 - it takes no arguments
        "canFetchMore": lambda *_: False,
        "columnCount": lambda *_: 0,
        "createEditor": lambda *_: None,
        "createMimeDataFromSelection": lambda: QMimeData(),  # noqa: PLW0108
        "currentChanged": lambda *_: None,
        "data": lambda *_: None,
        "dataChanged": lambda *_: None,
        "event": lambda *_: False,
        "eventFilter": lambda *_: False,
        "fetchMore": lambda *_: None,
        "fixup": lambda *_: None,
        "flags": lambda *_: Qt.ItemFlag.NoItemFlags,
        "hasHeightForWidth": lambda: False,
        "headerData": lambda *_: None,
        "heightForWidth": lambda *_: -1,
        "highlightBlock": lambda *_: None,
        "index": lambda *_: QModelIndex(),
        "initStyleOption": lambda *_: None,
        "isEmpty": lambda: True,
        "itemChange": lambda *given: given[-1],
        "keyboardSearch": lambda *_: None,
        "loadResource": lambda *_: None,
        "minimumSizeHint": _size,
        "nextCheckState": lambda: None,
        "paint": lambda *_: None,
        "paintSection": lambda *_: None,
        "reject": lambda: None,
        "rowCount": lambda *_: 0,
        "sceneEvent": lambda *_: False,
        "sceneEventFilter": lambda *_: False,
        "scrollContentsBy": lambda *_: None,
        "sectionSizeFromContents": _size,
        "selectionChanged": lambda *_: None,
        "setData": lambda *_: False,
        "setEditorData": lambda *_: None,
        "setModelData": lambda *_: None,
        "shape": lambda: QPainterPath(),  # noqa: PLW0108
        "sizeHint": _size,
        "sizeHintForColumn": lambda *_: -1,
        "sizeHintForRow": lambda *_: -1,
        "translate": lambda *_: None,
        "updateEditorGeometry": lambda *_: None,
        "updateGeometries": lambda: None,
        "viewportEvent": lambda *_: False,
        "viewportSizeHint": _size,
    }
)
"""What Qt gets from its functions where they fail; those whose name ends in Event give nothing."""


class _Herald(QObject):
    """Tells the window of every fault, from any thread."""

    heard = Signal()


herald = _Herald()
_failed: WeakSet[Any] = WeakSet()
_covers: "WeakKeyDictionary[QWidget, Sorry]" = WeakKeyDictionary()


def watch() -> None:
    """Guard every class that there is, or will be, and what is caught nowhere else."""
    if getattr(Shiboken.Object, "chainstep_guards", False):
        return
    watch_the_rest()
    faults.listeners += [_end_painters, lambda _raised: herald.heard.emit()]
    kind = type(QObject)
    set_as_ever = kind.__setattr__

    def made(cls: type, /, **_keywords: object) -> None:
        _guard(cls)

    def given(cls: type, name: str, value: object) -> None:
        set_as_ever(cls, name, _guarded(name, value))

    Shiboken.Object.__init_subclass__ = classmethod(made)  # type: ignore[assignment]
    kind.__setattr__ = given  # type: ignore[assignment, method-assign]
    for cls in _made_of(Shiboken.Object):
        _guard(cls)
    Shiboken.Object.chainstep_guards = True  # type: ignore[attr-defined]


def _made_of(cls: type) -> Iterator[type]:
    heirs: list[type] = type.__subclasses__(cls)
    for heir in heirs:
        yield heir
        yield from _made_of(heir)


def _guard(cls: type) -> None:
    for name, value in tuple(vars(cls).items()):
        if name in _INSTEAD or name.endswith("Event"):
            setattr(cls, name, _guarded(name, value))


def _guarded(name: str, function: Any) -> Any:  # noqa: ANN401 - whatever a class holds
    """Return a function that Qt calls by this name, let no exception out; all else as it is."""
    if not isfunction(function) or hasattr(function, "guarded"):
        return function
    if name == "paintEvent":
        guarded = _painting(function)
    elif name in _INSTEAD or name.endswith("Event"):
        guarded = _answering(function, _INSTEAD.get(name, lambda *_: None))
    else:
        return function
    guarded.guarded = True  # type: ignore[attr-defined]
    return guarded


Answer = TypeVar("Answer", bound=Callable[..., Any])
"""A function that Qt calls."""


def safe(instead: Callable[[], object]) -> Callable[[Answer], Answer]:
    """Let no exception out of a function of Qt's whose name others have too, as `text`.

    Where it fails, Qt gets what `instead` returns.
    """

    def guarded(function: Answer) -> Answer:
        answering = _answering(function, lambda *_: instead())
        answering.guarded = True  # type: ignore[attr-defined]
        return cast("Answer", answering)

    return guarded


def _answering(function: Callable[..., Any], instead: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def answer(self: Any, *given: Any, **named: Any) -> Any:  # noqa: ANN401 - any of Qt's functions
        try:
            return function(self, *given, **named)
        except Exception as raised:  # noqa: BLE001 - the outermost edge
            if not _is_taken_apart(self, raised):
                faults.note(name_of(self), raised)
                _failed.add(self)
        return instead(*given)

    return answer


def _is_taken_apart(part: object, raised: Exception) -> bool:
    """Return whether something failed since Python collects it: it has nothing left of its own.

    Until Qt is told, which comes after that, it goes on filtering events.
    """
    missing = isinstance(raised, AttributeError) and raised.obj is part
    return missing and not vars(part)


def _painting(function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def paint(self: Any, *given: Any) -> None:  # noqa: ANN401 - any widget
        before = faults.count
        try:
            function(self, *given)
        except Exception as raised:  # noqa: BLE001 - the outermost edge
            faults.note(name_of(self), raised)
        # An item that this widget shows may have failed as well; its picture is kept by Qt.
        if faults.count != before:
            _failed.add(self)
        if _failed and self in _failed:
            paint_sorry(self)

    return paint


def name_of(part: object) -> str:
    """Return what a part is called in a report."""
    name = part.objectName() if isinstance(part, QObject) and Shiboken.isValid(part) else ""
    return name or type(part).__name__


def try_again() -> None:
    """Let what failed to be painted be painted anew: with another state it may go well."""
    failed = tuple(_failed)
    _failed.clear()
    for part in failed:
        seen = part.viewport() if isinstance(part, QAbstractScrollArea) else part
        if isinstance(seen, (QWidget, QGraphicsItem)) and Shiboken.isValid(seen):
            seen.update()


def kept(part: QWidget) -> Kept:
    """Let a part that fails to show a state disturb no other.

    A sentence covers it until it shows one again.
    """

    def failed(raised: Exception) -> None:
        faults.note(name_of(part), raised)
        if part not in _covers:
            _covers[part] = Sorry(part)
        _covers[part].cover()

    def went_well() -> None:
        if part in _covers:
            _covers.pop(part).deleteLater()

    return Kept(failed, went_well if _covers else None)


def _end_painters(raised: BaseException) -> None:
    """End the painters that an exception left at work: Qt does not survive one that goes on."""
    at, painters = raised.__traceback__, list[QPainter]()
    while at is not None:
        painters += _painters_of(at.tb_frame)
        at = at.tb_next
    if painters:
        # That some of them were in the middle of something is known already.
        told = qInstallMessageHandler(lambda *_: None)
        for painter in painters:
            if painter.isActive():
                painter.end()
        qInstallMessageHandler(told)


def _painters_of(frame: FrameType) -> Iterator[QPainter]:
    """Return the painters that a function has made; those it was given are others' business."""
    code = frame.f_code
    given = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    for name, value in tuple(frame.f_locals.items()):
        own = isinstance(value, QPainter) and name not in given
        if own and Shiboken.isValid(value) and Shiboken.createdByPython(value):
            yield value
