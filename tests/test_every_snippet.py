"""Every program of the guide does under the fork server what it does as a plain process, `python file.py`."""

from __future__ import annotations

from pathlib import Path

import pytest

from runnable import interpreter
from runnable.difference import drift
from runnable.outcome import Outcome
from runnable.project import Project
from runnable.record import record
from runnable.recording import Recording
from runnable.snippet import Snippet, find_snippets
from runnable.stamps import in_order, sockets_work
from runnable.survey import transcript_text

PROJECT = Project.at(Path(__file__).resolve().parents[1])


def is_forked(snippet: Snippet) -> bool:
    """Whether the fork server runs it: only the project's own Python is forked."""
    try:
        return interpreter.environment(snippet.header.requires_python, snippet.header.dependencies, PROJECT).is_own
    except interpreter.MissingError:
        return False


def differences(forked: Outcome, plain: Outcome) -> list[str]:
    """How the two runs differ, as texts; through the wildcards of the program's transcript, where it has one."""
    told = [f"forked: {problem}" for problem in forked.problems] + [f"plain: {problem}" for problem in plain.problems]
    if not isinstance(forked.entry, Recording) or not isinstance(plain.entry, Recording):
        return told
    snippet, text = forked.snippet, transcript_text(forked.snippet)
    if text is not None:
        for how, entry in (("forked", forked.entry), ("plain", plain.entry)):
            drifted = drift(snippet, text, entry, ordered=in_order())
            told += [f"{how}: {drifted}"] if drifted else []
        return told
    for stream in ("out", "err"):
        lines = [[line.text for line in entry.lines if line.stream == stream] for entry in (forked.entry, plain.entry)]
        if lines[0] != lines[1]:
            told.append(f"{snippet.place}: std{stream} differs: forked {lines[0]}, plain {lines[1]}")
    if forked.entry.exit != plain.entry.exit:
        told.append(f"{snippet.place}: exit differs: forked {forked.entry.exit}, plain {plain.entry.exit}")
    return told


@pytest.mark.timeout(600)
@pytest.mark.skipif(not sockets_work(), reason="there is no fork server here: every program is a plain process")
def test_every_program_does_forked_what_it_does_as_a_plain_process() -> None:
    snippets = [snippet for snippet in find_snippets(PROJECT)[0] if is_forked(snippet)]
    assert len(snippets) > 40
    # What is fresh was recorded from the fork server.
    forked = record(PROJECT, snippets)
    # A plain process costs a core some 0.1 s to start: a hundred at once would hold up each other's timers.
    plain = record(PROJECT, snippets, force=True, keep=False, fork=False, at_once=16)
    told = [text for pair in zip(forked, plain, strict=True) for text in differences(*pair)]
    assert "\n\n".join(told) == ""
