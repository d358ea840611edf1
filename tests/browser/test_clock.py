"""The clock of a program in the page: what it shows, how time passes, and when the page is heard."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator

import pytest

from runnable.browser import clock as clocks
from runnable.browser.clock import Clock, Forever

SHOWN = ("time", "monotonic", "perf_counter")


class Pauses:
    """Pauses that take no time, noted."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
def fast(pauses: Pauses) -> Iterator[Clock]:
    clock = Clock(pauses)
    clock.begin(fast=True)
    clock.install()
    yield clock
    clocks.uninstall()


def test_on_the_fast_clock_all_that_shows_time_jumps_together(fast: Clock, pauses: Pauses) -> None:
    before = {name: (getattr(time, name)(), getattr(time, f"{name}_ns")()) for name in SHOWN}
    fast.wait(1000)
    time.sleep(500)
    for name, (seconds, nanoseconds) in before.items():
        assert 1500 <= getattr(time, name)() - seconds < 1600
        assert 1500e9 <= getattr(time, f"{name}_ns")() - nanoseconds < 1600e9
    assert pauses.seconds == []


def test_each_program_begins_without_the_jumps_of_the_last(fast: Clock) -> None:
    fast.wait(10_000)
    fast.begin(fast=True)
    assert abs(time.monotonic() - clocks.real_time()) < 60


def test_in_real_time_a_wait_is_a_pause(pauses: Pauses) -> None:
    clock = Clock(pauses)
    clock.begin(fast=False)
    clock.wait(0.25)
    clock.wait(1e9)
    assert pauses.seconds == [0.25, 3600.0]


def test_a_sleep_that_the_page_interrupts_goes_on() -> None:
    slept = []

    def pause(seconds: float) -> None:
        slept.append(seconds)
        clocks._sleep(min(seconds, 0.01))

    clock = Clock(pause)
    clock.begin(fast=False)
    clock.sleep(0.03)
    assert len(slept) >= 3
    assert slept == sorted(slept, reverse=True)


@pytest.mark.parametrize(
    ("value", "error"), [(-1, "sleep length must be non-negative"), (float("nan"), "Invalid value NaN")]
)
def test_a_sleep_complains_as_pythons_does(fast: Clock, value: float, error: str) -> None:
    with pytest.raises(ValueError, match=error):
        time.sleep(value)


def test_waiting_for_nothing_is_for_ever(fast: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    fast.before_forever = lambda: told.append(True)
    monkeypatch.setattr(clocks.threading, "active_count", lambda: 1)
    with pytest.raises(Forever):
        fast.wait(None)
    assert told == [True]


def test_stop_is_ctrl_c_once(fast: Clock) -> None:
    asked = 1
    fast.fast = False
    fast.stops = lambda: asked
    with pytest.raises(KeyboardInterrupt):
        fast.wait(1)
    fast.wait(1)
    heard = []
    old = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    try:
        asked = 2
        fast.wait(1)
    finally:
        signal.signal(signal.SIGINT, old)
    assert heard == [signal.SIGINT]


def test_a_program_that_never_waits_gives_the_page_its_chance(monkeypatch: pytest.MonkeyPatch, pauses: Pauses) -> None:
    clock = Clock(pauses, yields=True)
    clock.begin(fast=False)
    clock.turn()
    assert pauses.seconds == []
    clocks._sleep(clocks.YIELD)
    clock.turn()
    clock.turn()
    assert pauses.seconds == [0]
    deaf = Clock(pauses, yields=False)
    deaf.begin(fast=False)
    clocks._sleep(clocks.YIELD)
    deaf.turn()
    assert pauses.seconds == [0]
