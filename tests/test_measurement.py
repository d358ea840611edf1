"""What a program measured: read from its recording, with where and when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from runnable.machine import described
from runnable.measurement import Measurement, measured
from runnable.project import Project
from runnable.record import record
from runnable.recording import Absence, Cache, Recording, Write
from runnable.snippet import find_snippets

Make = Callable[[dict[str, str | bytes]], Project]


def recording(*lines: str, stream: str = "out", date: str = "2026-11-26T14:30:00+00:00") -> Recording:
    return Recording(
        slug="kitchen/tea",
        digest="d",
        key="k",
        interpreter="CPython 3.13.0",
        exit=0,
        seconds=1.0,
        writes=tuple(Write(0.0, stream, f"{line}\n") for line in lines),
        date=date,
        machine="AMD EPYC, 2 cores, Linux x86_64",
    )


TEA = recording(
    "now it is measured",
    '{"way": "pot", "round": 1, "seconds": 0.3}',
    '{"way": "cup", "round": 1, "seconds": 0.5}',
    '{"way": "pot", "round": 2, "seconds": 0.2}',
    '{"gil": true}',
)


def test_lines_that_are_objects_are_rows() -> None:
    found = Measurement.of([TEA])
    assert found.rows[0] == {"way": "pot", "round": 1, "seconds": 0.3}
    assert len(found.rows) == 4
    assert found.all("seconds", way="pot") == [0.3, 0.2]
    assert found.least("seconds", way="pot") == 0.2
    assert found.least("seconds") == 0.2
    assert found.distinct("way") == ["pot", "cup"]
    assert found.distinct("gil") == [True]


def test_several_runs_are_put_together_and_told_with_the_first() -> None:
    later = recording('{"way": "pot", "round": 1, "seconds": 0.1}', date="2026-11-27T09:00:00+00:00")
    found = Measurement.of([TEA, later])
    assert found.all("seconds", way="pot") == [0.3, 0.2, 0.1]
    assert str(found) == "CPython 3.13.0 on AMD EPYC, 2 cores, Linux x86_64, on 26 November 2026"


def test_what_was_not_measured_is_told() -> None:
    with pytest.raises(LookupError, match=r"^no measurement with “seconds” and \{'way': 'kettle'\}$"):
        Measurement.of([TEA]).least("seconds", way="kettle")


@pytest.mark.parametrize("run", [recording("0.3 s"), recording('{"seconds": 0.3}', stream="err")])
def test_a_program_that_prints_no_object_has_measured_nothing(run: Recording) -> None:
    with pytest.raises(ValueError, match=r"^no line of its output is a JSON object$"):
        Measurement.of([run])


def test_the_recorder_keeps_where_and_when(make_project: Make) -> None:
    project = make_project({"snippets/tea.py": "print('{\"seconds\": 0.25}')\n"})
    (outcome,) = record(project, find_snippets(project)[0])
    assert isinstance(outcome.entry, Recording)
    found = measured("tea", project.root)
    assert found is not None
    assert found.rows == ({"seconds": 0.25},)
    assert found.machine == described()
    assert found.date == outcome.entry.date
    assert found.date.endswith("+00:00")


def test_a_program_that_cannot_run_here_has_no_measurement(make_project: Make) -> None:
    project = make_project({})
    Cache(project).save(Absence("tea", "d", "it needs a newer Python"))
    assert measured("tea", project.root) is None


def test_a_program_that_was_never_recorded_is_told(make_project: Make) -> None:
    with pytest.raises(LookupError, match=r"^no recording of “tea”\. Run “make record”, and check the name\.$"):
        measured("tea", make_project({}).root)
