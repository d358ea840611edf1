# /// script
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import asyncio
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

JOBS = [30_000] * 4


def primes_below(limit):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))


async def compute(limit):
    return primes_below(limit)


async def compute_all():
    return await asyncio.gather(*map(compute, JOBS))


def in_pool(pool):
    with pool:
        return list(pool.map(primes_below, JOBS))


WAYS = {
    "one after another": lambda: list(map(primes_below, JOBS)),
    "asyncio tasks": lambda: asyncio.run(compute_all()),
    "threads": lambda: in_pool(ThreadPoolExecutor(len(JOBS))),
    "processes": lambda: in_pool(ProcessPoolExecutor(len(JOBS))),
}

if __name__ == "__main__":
    # Python 3.13 and newer can be built without the GIL, and tell whether it is on.
    print(json.dumps({"gil": getattr(sys, "_is_gil_enabled", lambda: True)()}))
    for number in (1, 2):
        for name, way in WAYS.items():
            began, cpu_before = time.perf_counter(), sum(os.times()[:4])
            found = way()
            seconds, cpu = time.perf_counter() - began, sum(os.times()[:4]) - cpu_before
            measured = {"found": sum(found), "seconds": round(seconds, 4), "cpu": round(cpu, 2)}
            print(json.dumps({"way": name, "round": number} | measured))
