"""Every program keeps its transcript on every Python that its header allows and that this machine has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from runnable import interpreter
from runnable.difference import drift
from runnable.project import Project, in_ci
from runnable.record import record
from runnable.recording import Recording
from runnable.snippet import find_snippets
from runnable.stamps import in_order
from runnable.survey import transcript_text

PROJECT = Project.at(Path(__file__).resolve().parents[1])
SUPPORTED = ("3.11", "3.12", "3.13", "3.14", "3.15")


@pytest.mark.timeout(600)
@pytest.mark.parametrize("version", SUPPORTED)
def test_every_program_keeps_its_transcript_on_this_python(version: str) -> None:
    found = [one for one in interpreter.installed(PROJECT) if f"{one.version.major}.{one.version.minor}" == version]
    if not found:
        pytest.skip(f"this machine has no Python {version}")
    exact = f"=={found[0].version}"
    allowed = [one for one in find_snippets(PROJECT)[0] if found[0].version in one.header.requires_python]
    assert len(allowed) > 40
    pinned = [
        replace(one, header=replace(one.header, requires_python=one.header.requires_python & exact)) for one in allowed
    ]
    problems = []
    for snippet, outcome in zip(allowed, record(PROJECT, pinned, force=True, keep=False, at_once=16), strict=True):
        problems += outcome.problems
        if isinstance(outcome.entry, Recording):
            drifted = drift(snippet, transcript_text(snippet), outcome.entry, ordered=in_order())
            problems += [drifted] if drifted else []
    assert "\n\n".join(map(str, problems)) == ""


def test_the_oldest_and_the_newest_supported_python_are_tested_in_ci() -> None:
    if not in_ci():
        pytest.skip("only a CI run must have them")
    have = {f"{one.version.major}.{one.version.minor}" for one in interpreter.installed(PROJECT)}
    assert {SUPPORTED[0], SUPPORTED[-1]} <= have
