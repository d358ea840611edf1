"""The time axis: round seconds, where they are, and how lengths of time are spoken."""

from __future__ import annotations

import pytest

from runnable.axis import Axis, moment, percent, spoken


def names(axis: Axis) -> list[str]:
    return [name.replace("\u00a0", " ") for _, name in axis.ticks()]


@pytest.mark.parametrize(
    ("axis", "expected"),
    [
        (Axis(1.03), ["0 s", "0.2 s", "0.4 s", "0.6 s", "0.8 s", "1.0 s"]),
        (Axis(2.4), ["0 s", "0.5 s", "1.0 s", "1.5 s", "2.0 s"]),
        (Axis(0.31), ["0 s", "0.1 s", "0.2 s", "0.3 s"]),
        (Axis(0.027), ["0 ms", "5 ms", "10 ms", "15 ms", "20 ms", "25 ms"]),
        (Axis(0.0123, 0.0117), ["11.7 ms", "11.8 ms", "11.9 ms", "12.0 ms", "12.1 ms", "12.2 ms", "12.3 ms"]),
        (Axis(0.1716, 0.1639), ["0.164 s", "0.166 s", "0.168 s", "0.170 s"]),
        (Axis(3600), ["0 s", "1000 s", "2000 s", "3000 s"]),
        (Axis(0), ["0 s"]),
    ],
)
def test_named_seconds_are_round_and_few(axis: Axis, expected: list[str]) -> None:
    assert names(axis) == expected


@pytest.mark.parametrize("seconds", [0.0007, 0.004, 0.09, 0.1, 0.999, 1, 5.01, 59, 1234])
def test_every_named_second_is_where_it_says(seconds: float) -> None:
    ticks = Axis(seconds).ticks()
    assert 2 <= len(ticks) <= 7
    for second, name in ticks:
        number, unit = name.split("\u00a0")
        assert float(number) * {"s": 1, "ms": 1e-3}[unit] == pytest.approx(second)
        assert 0 <= second <= seconds * (1 + 1e-9)


def test_a_second_has_its_place_and_what_is_outside_is_at_the_edge() -> None:
    axis = Axis(2.0, 1.0)
    assert [axis.x(second) for second in (0.5, 1.0, 1.25, 2.0, 3.0)] == ["0%", "0%", "25%", "100%", "100%"]
    assert axis.width(1.0, 1.5) == "50%"
    assert axis.width(1.5, 1.0) == "0%"
    assert [axis.has(second) for second in (0.99, 1.0, 2.0, 2.01)] == [False, True, True, False]
    assert percent(1 / 3) == "33.333%"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1.0, "1.00 s"), (0.31, "0.31 s"), (0.0996, "0.10 s"), (0.0031, "3.1 ms"), (0.000048, "48 µs"), (0, "0 µs")],
)
def test_a_length_of_time_is_spoken_in_the_unit_that_fits(seconds: float, words: str) -> None:
    assert spoken(seconds).replace("\u00a0", " ") == words


def test_a_moment_has_milliseconds() -> None:
    assert moment(0.31).replace("\u00a0", " ") == "0.310 s"
