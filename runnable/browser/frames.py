"""Frames of ours in stacks and tracebacks: a program sees none, as it sees none of what C does on a desktop."""

from __future__ import annotations

import os
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from types import FrameType, TracebackType
from typing import Any


def is_ours(code: types.CodeType) -> bool:
    """Whether it is code of this package."""
    return code.co_filename.startswith(_FOLDER)


# As code objects name it: what was compiled elsewhere has another `__file__`.
_FOLDER = os.path.dirname(is_ours.__code__.co_filename) + os.sep


def without_ours(error_traceback: TracebackType | None) -> TracebackType | None:
    """The part of a traceback that begins below our frames."""
    while error_traceback is not None and is_ours(error_traceback.tb_frame.f_code):
        error_traceback = error_traceback.tb_next
    return error_traceback


def hide(lowest: str) -> None:
    """Leaves our frames out of all that is printed, and what called the file `lowest`, which runs the program.

    It changes `traceback` and `warnings`; `runnable.browser.state` puts back what was there.
    """
    names = vars(traceback)
    walk_stack = traceback.walk_stack

    def stack(f: FrameType | None) -> Iterator[tuple[FrameType, int]]:
        for frame, line in walk_stack(f):
            if frame.f_code.co_filename == lowest:
                return
            if not is_ours(frame.f_code):
                yield frame, line

    def without(
        walk: Callable[[Any], Iterator[tuple[FrameType, Any]]],
    ) -> Callable[[Any], Iterator[tuple[FrameType, Any]]]:
        return lambda tb: ((frame, place) for frame, place in walk(tb) if not is_ours(frame.f_code))

    names["walk_stack"] = stack
    for name in ("walk_tb", "_walk_tb_with_full_positions"):
        names[name] = without(names[name])

    show: Callable[[warnings.WarningMessage], None] = vars(warnings)["_showwarnmsg"]

    def show_warning(message: warnings.WarningMessage) -> None:
        if message.filename.startswith(_FOLDER):
            # Where no frame of Python's is left, the interpreter says so, and looks no further.
            message.filename, message.lineno, message.source = "sys", 1, None
        show(message)

    vars(warnings)["_showwarnmsg"] = show_warning
