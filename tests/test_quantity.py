"""Quantities as people read them."""

from __future__ import annotations

import pytest

from runnable import quantity


def unbroken(text: str) -> str:
    """The text with spaces at which no line ends."""
    return text.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (72.4, "72 s"),
        (1.234, "1.2 s"),
        (1, "1.0 s"),
        (0.9996, "1.0 s"),
        (0.62, "620 ms"),
        (0.0384, "38 ms"),
        (0.001, "1.0 ms"),
        (2.64e-6, "2.6 µs"),
        (3e-8, "30 ns"),
        (4.2e-10, "0.42 ns"),
        (0, "0 ns"),
    ],
)
def test_seconds(value: float, text: str) -> None:
    assert quantity.seconds(value) == unbroken(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 bytes"),
        (640, "640 bytes"),
        (1_458.6, "1.5 kB"),
        (16_720, "17 kB"),
        (999_999, "1.0 MB"),
        (1.5e6, "1.5 MB"),
        (1.5e10, "15 GB"),
    ],
)
def test_sizes(value: float, text: str) -> None:
    assert quantity.size(value) == unbroken(text)


@pytest.mark.parametrize(("ratio", "text"), [(16.2, "16 ×"), (1.96, "2.0 ×"), (0.86, "0.86 ×"), (1234.5, "1,234 ×")])
def test_ratios(ratio: float, text: str) -> None:
    assert quantity.times(ratio) == unbroken(text)
