"""The guide's site with nothing stale: what its blocks cost a build."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from statistics import median

from benchmarks import twin
from benchmarks.bench import Bench, Benchmark, NotMeasuredError
from benchmarks.claim import Claim, Measurement, Target
from benchmarks.command import CommandFailedError, Cost, run
from runnable.project import Project

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 9
# As `make site` does.
_BUILD = (sys.executable, "-m", "mkdocs", "build", "--strict")
# Links to blocks lead nowhere in the twin, which must not stop it.
_BUILD_PLAIN = (sys.executable, "-m", "mkdocs", "build", "--no-strict")

CLAIMS = (
    Claim(
        name="site",
        what="The guide's site, nothing stale: build it",
        against="the same site with plain code fences instead of blocks",
        unit="s",
        target=Target("ratio", "at most", 1.1),
        why=(
            "Profiled on 2026-11-26: highlighted code, output, timelines and what follows from a program's text are "
            "kept from build to build, and the search reads the text of a block's code alone. What is left is knowing "
            "that all is fresh (see the 1,000 programs), the links and captions of the blocks, and writing pages that "
            "are several times as long as the twin's."
        ),
    ),
)


def measure(bench: Bench) -> list[Measurement]:
    if not (ROOT / "mkdocs.yml").exists():
        raise NotMeasuredError("There is no mkdocs.yml.")
    ours = twin.copy(Project.at(ROOT), bench.folder / "site").root
    bench.say("site: recording what is stale, and a build of each")
    try:
        run(_BUILD, ours)
    except CommandFailedError as error:
        raise NotMeasuredError(f"The site cannot be built: {error}") from error
    plain = twin.copy(Project.at(ours), bench.folder / "plain")
    blocks = twin.make_plain(plain)
    run(_BUILD_PLAIN, plain.root)

    def build() -> Cost:
        cost = run(_BUILD, ours)
        if "Recordings: 0 ran" not in cost.output:
            raise NotMeasuredError(f"Something was stale in a build after another: {_checked(cost)}")
        return cost

    built, fenced = bench.interleaved("site", ROUNDS, build, lambda: run(_BUILD_PLAIN, plain.root))
    pages = sum(1 for _ in plain.docs.rglob("*.md"))
    return [
        Measurement(
            CLAIMS[0],
            tuple(cost.seconds for cost in built),
            tuple(cost.seconds for cost in fenced),
            (
                f"{pages} pages with {blocks} blocks. The twin has a fence with the code that is shown and one with "
                "the transcript; it does not publish the programs.",
                f"By CPU, which other programs disturb less: {median(cost.cpu for cost in built):.2f} s, the twin "
                f"{median(cost.cpu for cost in fenced):.2f} s.",
                f"In the last round the build said “{_checked(built[-1])}”.",
            ),
        )
    ]


def _checked(cost: Cost) -> str:
    said = re.search(r"Recordings: .*", cost.output)
    return said.group().strip() if said else "nothing of recordings"


BENCHMARK = Benchmark("site", CLAIMS, measure)
