"""Which tasks wait, and where each stands, in words."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator


def waiting() -> list[str]:
    """A sentence for each task that has not ended, outermost call first; in order of creation."""
    loop = asyncio._get_running_loop()
    if loop is None:
        return []
    said = []
    for task in sorted(asyncio.all_tasks(loop), key=lambda task: (len(task.get_name()), task.get_name())):
        calls = [f"{name} ({file}:{line})" for name, file, line in _frames(task.get_coro())]
        said.append(f"{task.get_name()} waits in {' > '.join(calls)}.")
    return said


def _frames(awaitable: object) -> Iterator[tuple[str, str, int]]:
    while awaitable is not None:
        frame = next(
            (found for name in ("cr_frame", "gi_frame", "ag_frame") if (found := getattr(awaitable, name, None))), None
        )
        if frame is not None:
            code = frame.f_code
            yield getattr(code, "co_qualname", code.co_name), code.co_filename, frame.f_lineno
        awaitable = next(
            (found for name in ("cr_await", "gi_yieldfrom", "ag_await") if (found := getattr(awaitable, name, None))),
            None,
        )
