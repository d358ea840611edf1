"""Programs whose tasks take turns all the time: what tracing costs each step."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from benchmarks.bench import Bench, Benchmark
from benchmarks.claim import Claim, Measurement, Target
from benchmarks.command import run

ROUNDS = 9

CLAIMS = (
    Claim(
        name="turns",
        what="a step of a task: CPU that tracing adds to it",
        against="the same step untraced",
        unit="µs",
        target=Target("ours", "at most", 2.0),
        why=(
            "All of it is Python: three calls of ours a step. Counted with Valgrind on CPython 3.11 for a task that "
            "sleeps, they execute about 16,500 instructions a step, of 23,700 before they were made shorter; half of "
            "that is the interpreter itself, at some 280 bytecodes, and the rest is mostly attributes of coroutines, "
            "`id`, dictionaries and writing to the buffer."
        ),
    ),
)

# Three programs, traced and untraced in turn; it prints the CPU of a step in nanoseconds, untraced and traced.
PROGRAM = """
import asyncio, mmap, sys, time, types

tracer = types.ModuleType("tracer")
tracer.__file__ = {tracer!r}
with open(tracer.__file__, encoding="utf-8") as file:
    exec(compile(file.read(), tracer.__file__, "exec"), vars(tracer))


async def sleeper(count):
    for _ in range(count):
        await asyncio.sleep(0)


async def sleep():
    await sleeper(900)


async def many():
    await asyncio.gather(*(sleeper(30) for _ in range(30)))


async def queue():
    there, back = asyncio.Queue(1), asyncio.Queue(1)

    async def other():
        for _ in range(450):
            await back.put(await there.get())

    task = asyncio.create_task(other())
    for number in range(450):
        await there.put(number)
        await back.get()
    await task


def timed(main):
    began = time.thread_time_ns()
    asyncio.run(main())
    return time.thread_time_ns() - began


for main in (sleep, many, queue):
    timed(main)
    plain, traced = [], []
    for _ in range(15):
        plain.append(timed(main))
        tracer.start(mmap.mmap(-1, tracer.SIZE), "<string>")
        traced.append(timed(main))
        steps = tracer._tracer.steps
        tracer.stop()
    print(main.__name__, steps, sorted(plain)[7] / steps, sorted(traced)[7] / steps)
"""


def measure(bench: Bench) -> list[Measurement]:
    tracer = Path(__file__).resolve().parents[1] / "runnable" / "tracer.py"
    program = bench.folder / "turns.py"
    program.write_text(PROGRAM.replace("{tracer!r}", repr(str(tracer))), "utf-8")
    rounds = []
    for number in range(ROUNDS):
        bench.say(f"turns: round {number + 1} of {ROUNDS}")
        lines = run((sys.executable, str(program)), bench.folder).output.splitlines()
        rounds.append({name: (float(plain), float(traced)) for name, _, plain, traced in map(str.split, lines)})
    each = {
        name: tuple((traced - plain) / 1000 for plain, traced in (one[name] for one in rounds)) for name in rounds[0]
    }
    untraced = {name: tuple(one[name][0] / 1000 for one in rounds) for name in rounds[0]}
    # Of the three programs the middle one, in each round.
    middle = sorted(each, key=lambda name: median(each[name]))[1]
    told = ", ".join(f"{name} {median(each[name]):.2f} µs on {median(untraced[name]):.2f} µs" for name in each)
    return [
        Measurement(
            CLAIMS[0],
            each[middle],
            untraced[middle],
            (
                f"Of three programs this is the one in the middle, “{middle}”: {told}.",
                "A step here does nothing but await again, so the wait is the whole of it; about 900 steps, fewer than "
                "the 2,000 that a trace keeps.",
            ),
        )
    ]


BENCHMARK = Benchmark("turns", CLAIMS, measure)
