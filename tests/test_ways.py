"""Figures of the ways to wait and to compute, and what is said of them: the words must fit whatever was measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from runnable import ways
from runnable.measurement import Measurement
from runnable.ways import Figures, figures, verdict

FOUND = Figures(
    requests={"one after another": 0.64, "asyncio tasks": 0.04, "threads": 0.04, "processes": 0.16},
    computation={"one after another": 0.4, "asyncio tasks": 0.4, "threads": 0.4, "processes": 0.2},
    cores={"one after another": 1.0, "asyncio tasks": 1.0, "threads": 1.0, "processes": 2.0},
    start={"asyncio tasks": 1e-5, "threads": 1e-4, "processes": 1e-3, "interpreters": 1e-2},
    memory={"asyncio tasks": 1_500, "threads": 15_000, "processes": 1_500_000, "interpreters": 3_000_000},
    switch={"asyncio tasks": 2e-6, "threads": 8e-6},
    newer={
        "waiting": {"one after another": 0.2, "threads": 0.05, "processes": 0.1, "interpreters": 0.4},
        "computing": {"one after another": 0.2, "threads": 0.2, "processes": 0.1, "interpreters": 0.1},
    },
    gil=True,
    source="CPython 3.11.7 on a machine, on 26 November 2026",
    newer_source="CPython 3.15.0 on a machine, on 26 November 2026",
)


def breaking(texts: Iterable[str]) -> list[str]:
    """The texts with usual spaces in the place of those at which no line ends."""
    return [text.replace("\u00a0", " ") for text in texts]


def test_the_verdict_on_usual_figures() -> None:
    assert breaking(verdict(FOUND)) == [
        "Waiting: asyncio tasks 16 ×, threads 16 ×, processes 4.0 × as fast as one after another.",
        "Computing: processes 2.0 × as fast as one after another; asyncio tasks, threads no faster. "
        "This Python has the GIL: one thread at a time runs Python code.",
        "On the newer Python, waiting: threads 4.0 ×, processes 2.0 × as fast as one after another; "
        "interpreters slower.",
        "On the newer Python, computing: processes 2.0 ×, interpreters 2.0 × as fast as one after another; "
        "threads no faster.",
        "Memory of one more that waits: asyncio tasks 1.5 kB, threads 15 kB, processes 1.5 MB, interpreters 3.0 MB.",
        "Taking turns: 2.0 µs for tasks, 8.0 µs for threads: a switch between threads takes 4.0 × as long.",
        "So: to wait, take asyncio tasks (threads waited equally well, at 10 × the memory); "
        "to compute, take processes.",
    ]


def test_a_machine_that_others_kept_busy_is_told_first() -> None:
    busy = replace(FOUND, cores=FOUND.cores | {"one after another": 0.58})
    first, *others = breaking(verdict(busy))
    assert first == (
        "Beware: other programs kept this machine busy, and left a computation 0.6 of a core. "
        "Close them, and measure again."
    )
    assert others == breaking(verdict(FOUND))


def said(found: Figures, about: str) -> str:
    (sentence,) = (sentence for sentence in breaking(verdict(found)) if sentence.startswith(f"{about}: "))
    return sentence.removeprefix(f"{about}: ")


def test_on_one_core_processes_do_not_gain() -> None:
    found = replace(FOUND, computation=FOUND.computation | {"processes": 0.55})
    assert said(found, "Computing") == (
        "asyncio tasks, threads no faster; processes slower. "
        "This Python has the GIL: one thread at a time runs Python code."
    )
    assert said(found, "So").endswith("; to compute, go on one after another: nothing gained here.")


def test_without_the_gil_threads_may_gain() -> None:
    found = replace(FOUND, gil=False, computation=FOUND.computation | {"threads": 0.16})
    assert said(found, "Computing") == (
        "threads 2.5 ×, processes 2.0 × as fast as one after another; asyncio tasks no faster. "
        "This Python has no GIL: threads may run Python code side by side."
    )
    assert said(found, "So").endswith("; to compute, take threads.")
    assert said(replace(FOUND, gil=False), "Computing").endswith("side by side, but here that gained nothing.")


def test_what_cannot_be_a_gain_is_called_chance_and_not_advised() -> None:
    found = replace(FOUND, computation=FOUND.computation | {"asyncio tasks": 0.1, "threads": 0.15})
    assert said(found, "Computing").endswith(
        "so that what asyncio tasks and threads seem to gain is chance: measure again."
    )
    assert said(found, "So").endswith("; to compute, take processes.")


def test_threads_that_wait_better_are_advised() -> None:
    found = replace(FOUND, requests=FOUND.requests | {"asyncio tasks": 0.1})
    assert said(found, "Waiting").startswith("threads 16 ×, asyncio tasks 6.4 ×, ")
    assert said(found, "So").startswith("to wait, take threads; ")


def test_where_nothing_gains_nothing_is_advised() -> None:
    found = replace(FOUND, requests=dict.fromkeys(FOUND.requests, 0.6))
    assert said(found, "Waiting") == "asyncio tasks, threads, processes no faster."
    assert said(found, "So").startswith("nothing made waiting faster here: measure again; ")


@pytest.mark.parametrize(
    ("tasks", "threads", "words"),
    [
        (2e-6, 2.1e-6, "2.0 µs for tasks, 2.1 µs for threads: about the same."),
        (8e-6, 2e-6, "8.0 µs for tasks, 2.0 µs for threads: a switch between tasks takes 4.0 × as long."),
    ],
)
def test_switches(tasks: float, threads: float, words: str) -> None:
    assert said(replace(FOUND, switch={"asyncio tasks": tasks, "threads": threads}), "Taking turns") == words


def test_without_a_newer_python_nothing_is_said_of_it() -> None:
    found = replace(FOUND, newer={}, newer_source="")
    assert not [sentence for sentence in verdict(found) if "newer" in sentence]
    assert found.newer_gains("waiting") == {}


MEASURED = {
    ways.REQUESTS: [
        {"way": "one after another", "round": 1, "seconds": 0.6},
        {"way": "asyncio tasks", "round": 1, "seconds": 0.05},
        {"way": "asyncio tasks", "round": 2, "seconds": 0.04},
    ],
    ways.COMPUTATION: [
        {"gil": True},
        {"way": "threads", "seconds": 0.4, "cpu": 0.3},
        {"way": "threads", "seconds": 0.5, "cpu": 0.6},
    ],
    ways.SWITCHES: [{"way": "threads", "switches": 1000, "seconds": 0.008}],
    ways.WAITING["threads"]: [
        {"way": "threads", "waiting": 10, "seconds": 0.1, "bytes": 200},
        {"way": "threads", "waiting": 100, "seconds": 0.8, "bytes": 1700},
        {"way": "threads", "ended": 100, "waiting": 0, "seconds": 0.2},
        {"way": "threads", "waiting": 100, "seconds": 0.7, "bytes": 1800},
    ],
}


def find(slug: str) -> Measurement | None:
    rows = MEASURED.get(slug)
    return Measurement(tuple(rows), "CPython 3.13.0", "a machine", "2026-11-26T14:30:00+00:00") if rows else None


def test_figures_are_the_least_of_all_rounds_and_what_one_more_costs_is_that_of_the_most() -> None:
    found = figures(find)
    assert found.requests == {"one after another": 0.6, "asyncio tasks": 0.04}
    assert found.gains("requests") == {"asyncio tasks": pytest.approx(15)}
    assert found.cores == {"threads": pytest.approx(0.75)}
    assert found.switch == {"threads": pytest.approx(8e-6)}
    assert found.start == {"threads": pytest.approx(0.007)}
    assert found.memory == {"threads": 17}
    assert (found.newer, found.newer_source, found.gil) == ({}, "", True)
    assert found.source == "CPython 3.13.0 on a machine, on 26 November 2026"


def test_what_every_python_can_measure_must_be_measured() -> None:
    with pytest.raises(
        LookupError, match=r"^“choosing/cost/switches” must run on every Python, but has measured nothing$"
    ):
        figures(lambda slug: None if slug == ways.SWITCHES else find(slug))
