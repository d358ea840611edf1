"""The whole guide, recorded anew: how long it takes beyond its longest program."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

from benchmarks import twin
from benchmarks.bench import Bench, Benchmark, NotMeasuredError
from benchmarks.claim import Claim, Measurement, Target
from benchmarks.command import RECORD, CommandFailedError, Cost, run
from runnable.project import Project
from runnable.snippet import find_snippets

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 2

CLAIMS = (
    Claim(
        name="guide",
        what="The whole guide: record it anew, beyond what its longest program takes",
        against="its programs, one after another",
        unit="s",
        target=Target("ours", "at most", 15.0),
        faster=True,
        why=(
            "Programs that measure run alone, when the others have ended, and those of one service one after another, "
            "so that none disturbs another: these waits add up, and nothing is gained by more of them at once."
        ),
    ),
)

_RAN = re.compile(r"^ran (?P<place>\S+) in (?P<seconds>\d+\.\d+) s$", re.MULTILINE)


def measure(bench: Bench) -> list[Measurement]:
    project = twin.copy(Project.at(ROOT), bench.folder / "guide")
    snippets, _ = find_snippets(project)
    alone = {snippet.place for snippet in snippets if snippet.header.alone}
    bench.say("guide: making the environments of other Pythons")
    try:
        run(RECORD, project.root)
        (rounds,) = bench.interleaved("guide", ROUNDS, lambda: run((*RECORD, "--force"), project.root))
    except CommandFailedError as error:
        raise NotMeasuredError(f"The guide cannot be recorded: {error}") from error
    ran = [_seconds(cost) for cost in rounds]
    longest = [max(seconds, key=lambda place: seconds[place]) for seconds in ran]
    last, place = ran[-1], longest[-1]
    by_themselves = [sum(seconds for each, seconds in run.items() if each in alone) for run in ran]
    return [
        Measurement(
            CLAIMS[0],
            tuple(cost.seconds - seconds[name] for cost, seconds, name in zip(rounds, ran, longest, strict=True)),
            tuple(sum(seconds.values()) for seconds in ran),
            (
                f"{len(last)} programs. The whole command took {median(cost.seconds for cost in rounds):.1f} s, of "
                f"which {place} took {last[place]:.1f} s; the {len(alone)} programs that measure, each by itself, took "
                f"{median(by_themselves):.1f} s.",
                "The servers that they talk to ran, or were started, within that time; the environments of other "
                "Pythons had been made before.",
            ),
        )
    ]


def _seconds(cost: Cost) -> dict[str, float]:
    return {found["place"]: float(found["seconds"]) for found in _RAN.finditer(cost.output)}


BENCHMARK = Benchmark("guide", CLAIMS, measure)
