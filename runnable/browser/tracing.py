"""The trace of one run in the reader's page, and the timeline that is drawn of it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from typing import Any

from runnable.browser.output import Output

# It has no types: it is written for speed, and for programs to run beside.
tracer: Any = importlib.import_module("runnable.tracer")


class Tracing:
    """Traces the program in the file `path` until `stop`; `now_ns` counts from the beginning of the run."""

    def __init__(self, path: str, output: Output, now_ns: Callable[[], int]) -> None:
        self._output, self._now_ns = output, now_ns
        self._buffer = bytearray(tracer.SIZE)
        self._ended_ns = 0
        # A browser's wall clock has coarse steps. What is printed has its seconds from the same clock as the steps.
        tracer._now = lambda: _BEGAN_NS + now_ns()
        tracer.start(self._buffer, path)

    def stop(self) -> None:
        """Traces no more."""
        self._ended_ns = self._now_ns()
        tracer.stop()

    def message(self, request: dict[str, Any], seconds: float) -> dict[str, Any]:
        """What a message of the end says of the trace; to be called when the program's own modules are gone."""
        from runnable import journal  # noqa: PLC0415 - a program should begin soon, and needs neither
        from runnable.timeline import Timeline  # noqa: PLC0415

        data = bytes(self._buffer[: tracer.used(self._buffer)])
        trace = journal.read(data, _BEGAN_NS, _BEGAN_NS + self._ended_ns)
        if trace is None:
            return {"trace": None, "timeline": ""}
        trace = journal.said(self._output.writes, trace)
        name = request["place"].rpartition("/")[2]
        timeline = Timeline(trace, seconds, name, self._output.lines, self._output.writes, request["source"])
        ident = request.get("ident") or f"{re.sub(r'[^a-z0-9]+', '-', request['name'].lower())}-run"
        return {"trace": trace.to_json(), "timeline": timeline.html(ident)}


# Any time will do that is not the beginning of time, which stands for what is not known.
_BEGAN_NS = 10**18


def prepare() -> None:
    """Does at once what each run would have to wait for."""
    tracer.prepare()
