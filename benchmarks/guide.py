"""The guide, recorded from nothing: without real systems, beyond its longest program; and what these add."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import twin
from benchmarks.bench import Bench, Benchmark, NotMeasuredError
from benchmarks.claim import Claim, Measurement, Target
from benchmarks.command import RECORD, CommandFailedError, Cost, run
from runnable.project import Project
from runnable.snippet import Snippet, find_snippets

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 2

REAL_SYSTEMS = tuple(
    f"production-patterns/{page}"
    for page in (
        "databases",
        "databases-failures",
        "brokers",
        "rabbitmq",
        "kafka",
        "frameworks",
        "frameworks-lifetime",
        "frameworks-testing",
        "profiling",
        "load",
    )
)
"""The pages about servers, frameworks, profilers and load. All programs that need a service are on them."""

_BOUND = (
    "Most of it is computing: what programs import, above all. The notes say how long that takes with all cores at "
    "work. Those that measure come after the others, one by one, so that nothing disturbs them."
)

CLAIMS = (
    Claim(
        name="guide without systems",
        what="The guide without real systems: record it from nothing, beyond what its longest program takes",
        against="its programs, one after another",
        unit="s",
        target=Target("ours", "at most", 15.0),
        faster=True,
        why=_BOUND,
    ),
    Claim(
        name="real systems",
        what="Databases, brokers, frameworks, profilers, load: what they add to that",
        against="their programs, one after another",
        unit="s",
        target=Target("ours", "at most", 30.0),
        faster=True,
        why=f"{_BOUND} Programs of one service run one after another, but meanwhile all others run, too.",
    ),
)

_RAN = re.compile(r"^ran snippets/(?P<slug>\S+)\.py in (?P<seconds>\d+\.\d+) s$", re.MULTILINE)


@dataclass(frozen=True)
class Recorded:
    """One recording from nothing: what it cost, and the seconds that each program took, by its slug."""

    cost: Cost
    seconds: Mapping[str, float]

    @classmethod
    def of(cls, cost: Cost) -> Recorded:
        """Reads what the command printed."""
        return cls(cost, {found["slug"]: float(found["seconds"]) for found in _RAN.finditer(cost.output)})

    @property
    def longest(self) -> str:
        """The program that took longest."""
        return max(self.seconds, key=lambda slug: self.seconds[slug])

    def all(self, slugs: Iterable[str]) -> float:
        """The seconds of these programs, one after another."""
        return sum(self.seconds[slug] for slug in slugs)


def measure(bench: Bench) -> list[Measurement]:
    project = twin.copy(Project.at(ROOT), bench.folder / "guide")
    snippets, _ = find_snippets(project)
    without = [page for page in pages(snippets) if page not in REAL_SYSTEMS]

    def recorded(*only: str) -> Recorded:
        shutil.rmtree(project.cache / "recordings")
        return Recorded.of(run((*RECORD, *only), project.root))

    bench.say("guide: making the environments of other Pythons")
    try:
        run(RECORD, project.root)
        parts, wholes = bench.interleaved("guide", ROUNDS, lambda: recorded(*without), recorded)
    except CommandFailedError as error:
        raise NotMeasuredError(f"The guide cannot be recorded: {error}") from error
    return measurements(snippets, parts, wholes, os.cpu_count() or 1)


def measurements(
    snippets: Sequence[Snippet], parts: Sequence[Recorded], wholes: Sequence[Recorded], cores: int
) -> list[Measurement]:
    """Both claims, from recordings of the guide without real systems, and of all of it."""
    real = [snippet.slug for snippet in snippets if page_of(snippet) in REAL_SYSTEMS]
    others = [snippet.slug for snippet in snippets if page_of(snippet) not in REAL_SYSTEMS]
    alone = {snippet.slug for snippet in snippets if snippet.header.alone}
    whole, part = wholes[-1], parts[-1]
    added_cpu = median(whole.cost.cpu for whole in wholes) - median(part.cost.cpu for part in parts)
    return [
        Measurement(
            CLAIMS[0],
            tuple(part.cost.seconds - part.seconds[part.longest] for part in parts),
            tuple(part.all(others) for part in parts),
            (
                f"{len(others)} programs. The whole command took {median(part.cost.seconds for part in parts):.1f} s, "
                f"of which {part.longest} took {part.seconds[part.longest]:.1f} s; the {len(alone & set(others))} "
                f"programs that measure, each by itself, took {part.all(alone & set(others)):.1f} s.",
                _cpu(median(part.cost.cpu for part in parts), cores),
                "The environments of other Pythons had been made before.",
            ),
        ),
        Measurement(
            CLAIMS[1],
            tuple(whole.cost.seconds - part.cost.seconds for whole, part in zip(wholes, parts, strict=True)),
            tuple(whole.all(real) for whole in wholes),
            (
                f"{len(real)} programs more. All of it took {median(whole.cost.seconds for whole in wholes):.1f} s, "
                f"which is {median(whole.cost.seconds - whole.seconds[whole.longest] for whole in wholes):.1f} s "
                f"beyond its longest program, {whole.longest}; the {len(alone & set(real))} programs among them that "
                f"measure, each by itself, took {whole.all(alone & set(real)):.1f} s.",
                _cpu(added_cpu, cores),
                "PostgreSQL and Kafka were started, and stopped, within that time; MariaDB and RabbitMQ ran before.",
            ),
        ),
    ]


def _cpu(seconds: float, cores: int) -> str:
    return f"CPU: {seconds:.1f} s. With {cores} cores at work all the time that takes {seconds / cores:.1f} s."


def pages(snippets: Iterable[Snippet]) -> list[str]:
    """The folders of the programs, as names for `record`."""
    return sorted({page_of(snippet) for snippet in snippets})


def page_of(snippet: Snippet) -> str:
    """The folder of a program, below `snippets/`."""
    return snippet.slug.rpartition("/")[0]


BENCHMARK = Benchmark("guide", CLAIMS, measure)
