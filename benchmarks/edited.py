"""One program edited among many: only that one runs."""

from __future__ import annotations

from statistics import median

from benchmarks.bench import MANY, Bench, Benchmark
from benchmarks.claim import Claim, Measurement, Target
from benchmarks.command import RECORD, run

ROUNDS = 3

CLAIMS = (
    Claim(
        name="edited",
        what=f"One program of {MANY:,} edited: programs that run",
        against="",
        unit="",
        target=Target("ours", "exactly", 1),
    ),
)


def measure(bench: Bench) -> list[Measurement]:
    trial = bench.many.trial
    ran: list[float] = []
    seconds: list[float] = []
    for number, program in enumerate(trial.programs[:: MANY // ROUNDS][:ROUNDS]):
        bench.say(f"edited: round {number + 1} of {ROUNDS}")
        with program.open("a", encoding="utf-8") as text:
            text.write("# edited\n")
        before = trial.recordings()
        cost = run(RECORD, trial.root)
        after = trial.recordings()
        own = program.relative_to(trial.root / "snippets").with_suffix(".json").as_posix()
        changed = [name for name in after if before.get(name) != after[name]]
        said = sum(line.startswith("ran ") for line in cost.output.splitlines())
        ran.append(max(said, len(changed)) if own in changed else 0)
        seconds.append(cost.seconds)
    return [
        Measurement(
            CLAIMS[0],
            tuple(ran),
            (),
            (
                "Counted twice, by what the recorder says and by the recordings that are new; the larger is given.",
                f"The whole command takes {median(seconds):.2f} s.",
            ),
        )
    ]


BENCHMARK = Benchmark("edited", CLAIMS, measure)
