"""Runs programs in the reader's page, one after another, each as `python file.py` would.

The worker calls `run` for each. What it gives as `page` has

    post(text)      takes a message for the page: JSON, see below
    stops()         how often the reader has pressed Stop since the run began
    pause(ms)       lets so many milliseconds pass; the page is not heard meanwhile
    sleep(ms)       a promise that is kept after so many milliseconds, or as soon as Stop is pressed; used in place of
                    `pause` where Python can wait for promises (JSPI), if `run` is entered with `callPromising`

A request is {"name", "place", "source", "files": {name: text}, "fast": bool}: the `place` is the program's path as
shown to people, the `files` lie beside it. These are the messages, in this order:

    {"kind": "began"}
    {"kind": "wrote", "second": 0.5, "stream": "out" or "err", "text": …}, any number of them
    {"kind": "ended", "exit": 0, "seconds": 1.0, "interpreter": "CPython 3.14.2", "note": …, "trace": {…} or null,
     "timeline": …}

`exit` is as in `subprocess`; the `note` says in sentences what else there is to say, or is empty. The
`timeline` is HTML, empty where no event loop ran; its ids begin with the request's "ident", where that has one.

The tracer needs the sources of asyncio: they must be in the standard library's archive.
"""

from __future__ import annotations

import asyncio
import json
import platform
import sys
from typing import Any

from runnable.browser import tracing
from runnable.browser.clock import Clock
from runnable.browser.program import Program
from runnable.browser.stage import set_up
from runnable.browser.state import State

IN_PYODIDE = sys.platform == "emscripten"


class Host:
    """What remains from one run to the next."""

    def __init__(self) -> None:
        self.page: Any = None
        self.pyodides_loop: asyncio.AbstractEventLoop | None = None
        self.clock = Clock(self._pause, yields=self._can_wait_for_promises())
        self.clock.stops = lambda: int(self.page.stops())
        set_up(self.clock)
        tracing.prepare()
        self.state = State()

    @staticmethod
    def _can_wait_for_promises() -> bool:
        if not IN_PYODIDE:
            return False
        from pyodide.ffi import can_run_sync  # type: ignore[import-not-found] # noqa: PLC0415 - only there

        return bool(can_run_sync())

    def _pause(self, seconds: float) -> None:
        milliseconds = seconds * 1000
        if self.clock.yields:
            from pyodide.ffi import run_sync  # noqa: PLC0415 - only there

            # Pyodide makes a future of a promise, and runs it on a loop of its own.
            asyncio._set_running_loop(self.pyodides_loop)
            run_sync(self.page.sleep(milliseconds))
        else:
            self.page.pause(milliseconds)

    def run(self, request: dict[str, Any], page: Any) -> None:
        """Runs one program to its end."""
        self.page = page

        def post(kind: str, **values: Any) -> None:
            page.post(_encode({"kind": kind, **values}))

        self.state.load(request["source"])
        post("began")
        program = Program(
            request,
            self.clock,
            self.state,
            lambda second, stream, text: post("wrote", second=round(second, 6), stream=stream, text=text),
        )
        ended = program.run()
        post("ended", interpreter=f"{platform.python_implementation()} {platform.python_version()}", **ended)


# A program may replace what it likes in modules, these among them, but not what is bound here.
_encode = json.JSONEncoder(ensure_ascii=True).encode
_decode = json.JSONDecoder().decode
_host: Host | None = None


def run(request_json: str, page: Any) -> None:
    """Runs one program, and tells the page what it does. Never raises an Exception of the program's."""
    global _host  # noqa: PLW0603 - there is one Python, and it is changed once
    # Python is entered within Pyodide's loop, but a program is within none.
    outer = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        if _host is None:
            _host = Host()
        _host.pyodides_loop = outer
        _host.run(_decode(request_json), page)
    finally:
        asyncio._set_running_loop(outer)
