"""Tells from within a program, when its time is up, which of its tasks have not ended and where each stands.

The recorder executes this file's text in the program's process (`runnable.forkserver`, `runnable.traced`). It must run
on any Python from 3.11 on without the package, so it imports nothing of ours.
"""

import asyncio
import contextlib
import os
import types
from collections.abc import Iterator


def tell(path: str, frame: types.FrameType | None) -> None:
    """Writes it to the file `path`, a line a task, outermost call first. `frame` is where Python stands now."""
    lines: list[str] = []
    with contextlib.suppress(Exception):
        for task in sorted(asyncio.all_tasks(), key=lambda task: (len(task.get_name()), task.get_name())):
            calls = [f"{name} ({file}:{line})" for name, file, line in _await_frames(task.get_coro())]
            lines.append(f"task {task.get_name()!r} waits in {' > '.join(calls)}")
    if not lines and frame is not None:
        code = frame.f_code
        lines.append(f"no task; Python stands in {code.co_qualname} ({code.co_filename}:{frame.f_lineno})")
    with contextlib.suppress(OSError):
        with open(path + ".new", "w", encoding="utf-8", errors="replace") as file:
            file.write("\n".join(lines))
        os.replace(path + ".new", path)


def _await_frames(awaitable: object) -> Iterator[tuple[str, str, int]]:
    while awaitable is not None:
        frame = next(
            (found for name in ("cr_frame", "gi_frame", "ag_frame") if (found := getattr(awaitable, name, None))), None
        )
        if frame is not None:
            yield frame.f_code.co_qualname, frame.f_code.co_filename, frame.f_lineno
        awaitable = next(
            (found for name in ("cr_await", "gi_yieldfrom", "ag_await") if (found := getattr(awaitable, name, None))),
            None,
        )
