"""What a program measured: those lines of its output that are JSON objects, and where and when it ran."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from runnable.project import Project
from runnable.recording import Absence, Cache, Recording


@dataclass(frozen=True)
class Measurement:
    """What one program measured, in one run or in several."""

    rows: tuple[Mapping[str, Any], ...]
    """The objects it printed, in order: `{"way": "threads", "round": 1, "seconds": 0.0412}`."""
    interpreter: str
    machine: str
    date: str
    """When the run began, or the first of several: UTC, ISO 8601."""

    @classmethod
    def of(cls, recordings: Iterable[Recording]) -> Measurement:
        """What runs of the same program measured. Raises ValueError where they printed no JSON object."""
        runs = list(recordings)
        rows = tuple(row for run in runs for row in _objects(run))
        if not rows:
            raise ValueError("no line of its output is a JSON object")
        return cls(rows, runs[0].interpreter, runs[0].machine, runs[0].date)

    def all(self, field: str, **which: object) -> list[float]:
        """The values of `field` in the rows that have it and whose other fields are `which`, in order."""
        return [float(row[field]) for row in self.rows if field in row and which.items() <= row.items()]

    def least(self, field: str, **which: object) -> float:
        """The smallest of these: what disturbs a run adds to it. Raises LookupError where there is none."""
        values = self.all(field, **which)
        if not values:
            raise LookupError(f"no measurement with “{field}” and {which or 'any other field'}")
        return min(values)

    def distinct(self, field: str) -> list[Any]:
        """What occurs in `field`, each once, in the order of its first row."""
        return list(dict.fromkeys(row[field] for row in self.rows if field in row))

    def __str__(self) -> str:
        """Where these figures come from: `CPython 3.13.0 on AMD EPYC, 2 cores, Linux x86_64, on 26 November 2026`."""
        return f"{self.interpreter} on {self.machine}, on {self.day}"

    @property
    def day(self) -> str:
        """The day of the run: `26 November 2026`."""
        date = datetime.fromisoformat(self.date)
        return f"{date.day} {date:%B %Y}"


def measured(slug: str, root: Path | str = ".") -> Measurement | None:
    """What the program `slug` measured when it was recorded; None where this machine cannot run it.

    Raises LookupError, with what to do, where it has not been recorded.
    """
    entry = Cache(Project.at(root)).load(slug)
    if isinstance(entry, Absence):
        return None
    if entry is None:
        raise LookupError(f"no recording of “{slug}”. Run “make record”, and check the name.")
    return Measurement.of([entry])


def _objects(recording: Recording) -> Iterator[Mapping[str, Any]]:
    for line in recording.lines:
        if line.stream == "out" and line.text.startswith("{"):
            yield json.loads(line.text)
