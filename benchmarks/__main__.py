"""The command line: python -m benchmarks [--only NAME [--keep]] [--full]."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from benchmarks import browser, edited, fresh, guide, nothing, peak, site, timeline, turns, waiting
from benchmarks.bench import Bench, Benchmark, NotMeasuredError
from benchmarks.claim import Measurement
from benchmarks.command import CommandFailedError
from benchmarks.machine import Bystanders, Machine
from benchmarks.report import JSON, MARKDOWN, Result, details, markdown, table

BENCHMARKS: tuple[Benchmark, ...] = tuple(
    module.BENCHMARK for module in (waiting, nothing, turns, site, guide, fresh, peak, edited, timeline, browser)
)
CLAIMS = tuple(claim for benchmark in BENCHMARKS for claim in benchmark.claims)


def measured(benchmark: Benchmark, bench: Bench) -> list[Measurement]:
    """The measurements of one benchmark. Where that fails, each of its claims says why it was not measured."""
    bystanders = Bystanders()
    try:
        with bystanders.watched(lambda: bench.uncounted):
            measurements = benchmark.measure(bench)
    except (NotMeasuredError, CommandFailedError) as error:
        return [Measurement(claim, notes=(str(error),)) for claim in benchmark.claims]
    return [replace(measurement, others=bystanders.share) for measurement in measurements]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints; the exit status is 1 where something could not be measured. A missed target is a result."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    names = [benchmark.name for benchmark in BENCHMARKS]
    parser.add_argument(
        "--only",
        action="append",
        choices=names,
        metavar="NAME",
        help=f"measure only this ({', '.join(names)}); may be given more than once; the kept result stays as it is",
    )
    parser.add_argument("--keep", action="store_true", help="with --only: put it into the kept result all the same")
    parser.add_argument("--full", action="store_true", help="extrapolate nothing; takes two minutes more")
    parser.add_argument("--render", action="store_true", help="measure nothing, make RESULTS.md from results.json")
    options = parser.parse_args(arguments)
    if options.render:
        MARKDOWN.write_text(markdown(Result.loads(JSON.read_text("utf-8"), CLAIMS)), "utf-8")
        return 0
    return _measure([benchmark for benchmark in BENCHMARKS if benchmark.name in (options.only or names)], options)


def _measure(chosen: Sequence[Benchmark], options: argparse.Namespace) -> int:
    # Ended from outside, the temporary folder and what runs are tidied up as after Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    console, progress = Console(), Console(stderr=True)
    if not console.is_terminal:
        console.width = 160
    machine = Machine.here(Path(__file__).resolve().parents[1])
    console.print(str(machine), highlight=False, soft_wrap=True)
    measurements: list[Measurement] = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder, progress.status("") as status:

        def say(what: str) -> None:
            if progress.is_terminal:
                status.update(what)
            else:
                print(what, file=sys.stderr, flush=True)

        bench = Bench(Path(folder).resolve(), options.full, say)
        for benchmark in chosen:
            measurements += measured(benchmark, bench)
    result = Result(machine, tuple(measurements))
    console.print(table(result.measurements))
    for measurement in result.measurements:
        if not measurement.met or options.only:
            print(f"\n{measurement.claim.what}:", *details(measurement), sep="\n  ")
    print(f"\n{_kept(result, options)}")
    return int(any(measurement.met is None for measurement in result.measurements))


def _kept(result: Result, options: argparse.Namespace) -> str:
    """Keeps a result as it is asked for, and says so."""
    if options.only and not options.keep:
        return "benchmarks/RESULTS.md is left as it was: it is made by a run of all. “--keep” puts this into it."
    if options.only:
        try:
            result = Result.loads(JSON.read_text("utf-8"), CLAIMS).with_anew(result, CLAIMS)
        except ValueError as error:
            return f"benchmarks/RESULTS.md is left as it was: {error}. Measure all of it here: make bench."
    result.keep()
    return "Kept in benchmarks/RESULTS.md."


if __name__ == "__main__":
    sys.exit(main())
