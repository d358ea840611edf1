"""Timelines of programs that end badly or play with their loop: recorded for real, drawn, and told what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from bs4 import BeautifulSoup, Tag

from runnable.project import Project
from runnable.record import record
from runnable.recording import Recording
from runnable.snippet import Snippet
from runnable.timeline import Timeline

Make: TypeAlias = Callable[[dict[str, str | bytes]], Project]

WAITER = """
import asyncio, os, signal, sys


async def wait(seconds):
    print("waiting", flush=True)
    await asyncio.sleep(seconds)


async def main():
    waiting = asyncio.create_task(wait(60), name="waiter")
    await asyncio.sleep(0.05)
    {ending}


{start}
"""
RUN = "asyncio.run(main())"


@pytest.fixture
def timeline(make_project: Make) -> Callable[..., BeautifulSoup]:
    def drawn(ending: str, start: str = RUN, exit: int = 0) -> BeautifulSoup:
        header = f"# /// script\n# [tool.runnable]\n# exit = {exit}\n# ///\n"
        place = "snippets/demo/page/run.py"
        project = make_project({place: header + WAITER.format(ending=ending, start=start)})
        (outcome,) = record(project, [Snippet.read(project.root / place, project)])
        assert not outcome.problems, outcome.problems
        recording = outcome.entry
        assert isinstance(recording, Recording)
        assert recording.trace is not None
        lines = [(line.second, line.stream) for line in recording.lines]
        writes = [(write.second, write.stream) for write in recording.writes]
        html = Timeline(recording.trace, recording.seconds, "run.py", lines, writes).html("x")
        return BeautifulSoup(html, "html5lib")

    return drawn


def lanes(document: BeautifulSoup) -> dict[str, str]:
    """The name of each lane, and how it says that it ended, as far as a page has room for them."""
    found = {}
    for label in labels(document):
        ends = label.select_one(".tl-ends")
        found[label.select(".tl-name")[0].get_text()] = ends.get_text() if ends else ""
    return found


def labels(document: BeautifulSoup) -> list[Tag]:
    """What stands above each lane on a page. For a phone there may be another."""
    return [label.select("text")[-1] for label in document.select(".tl-label")]


def notes(document: BeautifulSoup) -> str:
    return " ".join(note.get_text() for note in document.select(".program-note"))


@pytest.mark.parametrize(
    ("ending", "exit"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", -9),
        ("os._exit(3)", 3),
    ],
    ids=["killed", "left"],
)
def test_what_was_cut_off_is_drawn_up_to_there(timeline: Callable[..., BeautifulSoup], ending: str, exit: int) -> None:
    document = timeline(ending, exit=exit)
    assert lanes(document) == {"main": "not ended", "waiter": "not ended"}
    assert len(document.select(".tl-open")) == 2
    assert document.select(".tl-wait title"), "what was waited for up to then is there"


def test_a_loop_that_is_closed_under_a_task(timeline: Callable[..., BeautifulSoup]) -> None:
    start = "loop = asyncio.new_event_loop()\nloop.run_until_complete(main())\nloop.close()"
    assert lanes(timeline("pass", start)) == {"main": "", "waiter": "not ended"}


def test_a_second_loop_after_the_first(timeline: Callable[..., BeautifulSoup]) -> None:
    document = timeline("waiting.cancel()", f"{RUN}\nasyncio.set_event_loop(asyncio.new_event_loop())\n{RUN}")
    asides = [aside.get_text().split(", ")[-1] for label in labels(document) for aside in label.select(".tl-aside")]
    assert asides == ["loop 1", "loop 1", "loop 2", "loop 2"]
    assert len(document.select(".tl-barred")) == 2


def test_a_program_that_forks_is_drawn_without_its_child(timeline: Callable[..., BeautifulSoup]) -> None:
    ending = "child = os.fork()\n    if not child: os._exit(0)\n    os.waitpid(child, 0)\n    waiting.cancel()"
    assert lanes(timeline(ending)) == {"main": "", "waiter": "cancelled by main"}


def test_a_hostile_name_does_no_harm_on_its_way(timeline: Callable[..., BeautifulSoup]) -> None:
    name = '"\\ud800</title><script>\\u202e\\x1b" + "x" * 10_000'
    document = timeline(f"waiting.set_name({name})\n    waiting.cancel()")
    (hostile,) = set(lanes(document)) - {"main"}
    assert "</title><script>" in hostile
    assert "<U+202E>␛xxx" in hostile
    assert len(hostile) < 100
    assert not document.select("script")
