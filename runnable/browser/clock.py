"""The time of a program in the reader's page: how it is read, and how it passes while the program waits.

In real time a wait lasts as long as it says. On the fast clock it lasts no time: the clock jumps, and all that reads it
sees the jump. How real time passes is the host's matter (`Pause`); while it does, the page is heard.
"""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

Pause = Callable[[float], None]
"""Lets so many seconds pass, or less where the page wants something."""

YIELD = 0.05
"""Seconds after which a program that never waits gives the page a chance to stop it."""

# A browser's timer never lasts longer; and what overflows a number of milliseconds would last no time.
_LONGEST_PAUSE = 3_600.0
_NAMES = ("time", "monotonic", "perf_counter")
_CLOCKS = {name: getattr(time, name) for each in _NAMES for name in (each, f"{each}_ns")}
# Pyodide has put a function of its own around it.

real_time = _CLOCKS["monotonic"]
"""Seconds of real time, whatever the clock shows."""

_sleep = getattr(time.sleep, "__wrapped__", time.sleep)


class Forever(BaseException):
    """The program waits, and nothing that could end the wait will ever happen. It cannot be caught as an Exception."""


class Clock:
    """What a program's clocks show. `install` puts it in the place of those in `time`."""

    def __init__(self, pause: Pause, *, yields: bool = False) -> None:
        self._pause = pause
        self.yields = yields
        """Whether the page is heard during a pause. If so, programs that never wait make one now and then."""
        self.fast = False
        """Whether waits jump."""
        self.before_forever: Callable[[], object] = lambda: None
        """Called before Forever is raised."""
        self.before_wait: Callable[[], object] = lambda: None
        """Called before time passes."""
        self.stops: Callable[[], int] = lambda: 0
        """How often the reader has asked the program to stop."""
        self._jumped_ns = 0
        self._stops_heard = 0
        self._yielded = _CLOCKS["monotonic"]()

    def begin(self, *, fast: bool) -> None:
        """Makes it ready for a program: no jumps yet, nobody has asked it to stop."""
        self.fast = fast
        self._jumped_ns = 0
        self._stops_heard = 0
        self._yielded = _CLOCKS["monotonic"]()

    def read_ns(self, name: str) -> int:
        """What the clock `time.<name>` shows, in nanoseconds."""
        read: int = _CLOCKS[f"{name}_ns"]()
        return read + self._jumped_ns

    def read(self, name: str) -> float:
        """What the clock `time.<name>` shows, in seconds."""
        read: float = _CLOCKS[name]()
        return read + self._jumped_ns / 1e9 if self._jumped_ns else read

    def sleep(self, seconds: float, /) -> None:
        """As `time.sleep`. Nothing else of the program runs meanwhile."""
        if isinstance(seconds, (int, float)) and seconds < 0:
            raise ValueError("sleep length must be non-negative")
        _sleep(0 * seconds)  # complains of what is no number
        end = self.read("monotonic") + seconds
        self._pass(seconds)
        while (left := end - self.read("monotonic")) > 0:
            self._pass(left)

    def is_alone(self) -> bool:
        """Whether nothing but the caller runs, so that nobody could end an endless wait."""
        return threading.active_count() == 1

    def wait(self, seconds: float | None) -> None:
        """Lets so many seconds pass, or less where the page wants something; None: until something happens.

        Raises Forever where nothing can, KeyboardInterrupt (or what the program made of SIGINT) where the reader stops
        the program.
        """
        if seconds is None and self.is_alone():
            self.hear()
            self.before_forever()
            raise Forever
        self._pass(_LONGEST_PAUSE if seconds is None else max(0.0, seconds))

    def turn(self) -> None:
        """To be called now and then by what does not wait: gives the page its chance every YIELD seconds."""
        if self.yields and _CLOCKS["monotonic"]() - self._yielded >= YIELD:
            self._really_pass(0)

    def hear(self) -> None:
        """Does what the reader asked for since the last time: to stop is SIGINT, as Ctrl+C in a terminal."""
        asked = self.stops()
        if asked > self._stops_heard:
            self._stops_heard = asked
            signal.raise_signal(signal.SIGINT)

    def _pass(self, seconds: float) -> None:
        if self.fast:
            self._jumped_ns += round(seconds * 1e9)
            self.turn()
        else:
            self._really_pass(min(seconds, _LONGEST_PAUSE))

    def _really_pass(self, seconds: float) -> None:
        self.before_wait()
        # While the page is heard, Python may be entered anew, and must not believe itself within the program's loop.
        running = asyncio._get_running_loop()
        asyncio._set_running_loop(None)
        try:
            self._pause(seconds)
        finally:
            asyncio._set_running_loop(running)
        self._yielded = _CLOCKS["monotonic"]()
        self.hear()

    def install(self) -> None:
        """Puts this clock in the place of those in `time`."""
        for name in _NAMES:
            _replace(time, name, _reader(self.read, name))
            _replace(time, f"{name}_ns", _reader(self.read_ns, name))
        _replace(time, "sleep", self.sleep)


def _reader(read: Callable[[str], Any], name: str) -> Callable[[], Any]:
    return lambda: read(name)


def _replace(module: Any, name: str, value: Any) -> None:
    setattr(module, name, value)


def uninstall() -> None:
    """Gives `time` its own clocks back."""
    for name, read in _CLOCKS.items():
        _replace(time, name, read)
    _replace(time, "sleep", _sleep)
