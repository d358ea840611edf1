"""HTML of earlier builds: used while all it was made from is the same, made anew when anything is not."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import tostring

import pytest

from runnable import kept as kept_module
from runnable.block import Block, Drawn
from runnable.kept import Kept, Pieces
from runnable.page import Options
from runnable.project import Project
from runnable.recording import Cache, Recording, Write, digest
from runnable.snippet import Snippet
from runnable.trace import Step, Task, Trace

Make = Callable[[dict[str, str | bytes]], Project]
TRACE = Trace((Task("Task-1", "main", None, 0, 0.0, 1.0, "result"),), (Step(0, 0.0, 0.1, "sleep(0.8)", 1),))


def files(project: Project) -> list[Path]:
    return sorted(path for path in (project.cache / "html").rglob("*") if path.is_file())


@pytest.fixture
def block(make_project: Make) -> tuple[Project, Block]:
    project = make_project({"snippets/tea.py": "print('tea')\nprint('milk')\n"})
    snippet = Snippet.read(project.snippets / "tea.py", project)
    Cache(project).save(
        Recording("tea", digest(snippet), "k", "CPython 3.13.0", 0, 1.0, (Write(0.5, "out", "tea\nmilk\n"),), TRACE)
    )
    recording = Cache(project).load("tea")
    assert isinstance(recording, Recording)
    return project, Block(snippet, "Tea", Options(), recording, "../snippets/tea.py", timeline=Drawn(0.0, ()))


def rendered(project: Project, block: Block, ident: str = "tea.py") -> str:
    stored: list[str] = []

    def store(html: str) -> str:
        stored.append(html)
        return str(len(stored))

    return tostring(block.figure(ident, store, Kept(project)), "unicode") + "\n".join(stored)


def test_what_is_kept_is_the_same_and_is_not_made_again(
    block: tuple[Project, Block], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, shown = block
    first = rendered(project, shown)
    assert len(files(project)) == 1
    monkeypatch.setattr("runnable.block.Timeline.html", lambda *_: pytest.fail("drawn again"))
    monkeypatch.setattr("runnable.block.Listing.html", lambda *_: pytest.fail("highlighted again"))
    assert rendered(project, shown) == first


def test_it_is_made_anew_when_anything_it_was_made_from_is_another(block: tuple[Project, Block]) -> None:
    project, shown = block
    evidence = shown.evidence
    assert isinstance(evidence, Recording)
    Cache(project).save(replace(evidence, writes=(Write(0.5, "out", "coffee\n"),)))
    others = [
        replace(shown, evidence=Cache(project).load("tea")),
        replace(shown, snippet=replace(shown.snippet, source="print('tea')\n\nprint('milk')\n")),
        replace(shown, options=Options(stress=frozenset({1}))),
        replace(shown, options=Options(stress=frozenset({2}))),
        replace(shown, options=Options(collapsed=True)),
        replace(shown, timeline=Drawn(5.0, ())),
        replace(shown, timeline=None),
    ]
    seen = {rendered(project, each) for each in (shown, *others)} | {rendered(project, shown, "tea.py-2")}
    assert len(seen) == len(files(project)) == len(others) + 2


def test_another_version_of_ours_makes_everything_anew(
    block: tuple[Project, Block], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, shown = block
    rendered(project, shown)
    monkeypatch.setattr(kept_module, "_ourselves", lambda: "another")
    rendered(project, shown)
    assert len(files(project)) == 2


def test_a_recording_that_is_not_from_the_cache_is_never_kept(block: tuple[Project, Block]) -> None:
    project, shown = block
    assert isinstance(shown.evidence, Recording)
    rendered(project, replace(shown, evidence=replace(shown.evidence, checksum="")))
    assert files(project) == []


@pytest.mark.parametrize("damage", [b"", b"x", b"0\n{}", b'00\n{"code": "<p>it never happened</p>"}'])
def test_a_damaged_file_counts_as_none(block: tuple[Project, Block], damage: bytes) -> None:
    project, shown = block
    first = rendered(project, shown)
    (file,) = files(project)
    file.write_bytes(damage)
    assert rendered(project, shown) == first
    assert json.loads(file.read_bytes().partition(b"\n")[2])["code"] in first


def test_where_nothing_can_be_kept_it_is_made_each_time(make_project: Make) -> None:
    project = make_project({".cache/runnable/html": "a file, not a folder"})
    calls: list[int] = []

    def make() -> Pieces:
        calls.append(1)
        return {"code": "<p>"}

    assert [Kept(project).pieces(("a",), make) for _ in range(2)] == [{"code": "<p>"}] * 2
    assert len(calls) == 2


def test_a_sweep_leaves_those_that_were_asked_for_last(make_project: Make) -> None:
    project = make_project({})
    kept = Kept(project)
    for name in "abc":
        kept.pieces((name,), lambda: {"code": "x"})
    ages = {file: number for number, file in enumerate(files(project))}
    for file, age in ages.items():
        os.utime(file, (1000 + age, 1000 + age))
    oldest = min(ages, key=lambda file: ages[file])
    kept.sweep(2)
    assert len(files(project)) == 2
    assert oldest not in files(project)
