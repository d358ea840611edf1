"""The trace of one run in the reader's page, and its timeline."""

from __future__ import annotations

from typing import Any

from runnable.browser.output import Output


class Run:
    """Traces from now on, until `end`."""

    def __init__(self, program: str, output: Output) -> None:
        del program, output

    def end(self) -> dict[str, Any]:
        """What a message of the end says of the trace."""
        return {"trace": None}
