# /// script
# requires-python = ">=3.14"
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import json
import time
from concurrent.futures import InterpreterPoolExecutor, ProcessPoolExecutor, ThreadPoolExecutor


def wait(seconds):
    time.sleep(seconds)
    return seconds


def primes_below(limit):
    return sum(all(number % divisor for divisor in range(2, int(number**0.5) + 1)) for number in range(2, limit))


JOBS = {"waiting": (wait, [0.05] * 4), "computing": (primes_below, [40_000] * 4)}
POOLS = {"threads": ThreadPoolExecutor, "processes": ProcessPoolExecutor, "interpreters": InterpreterPoolExecutor}


def one_after_another(function, arguments):
    return list(map(function, arguments))


def in_pool(pool, function, arguments):
    with pool(len(arguments)) as workers:
        return list(workers.map(function, arguments))


if __name__ == "__main__":
    for number in (1, 2):
        for job, (function, arguments) in JOBS.items():
            for way in ("one after another", *POOLS):
                began = time.perf_counter()
                if way in POOLS:
                    results = in_pool(POOLS[way], function, arguments)
                else:
                    results = one_after_another(function, arguments)
                seconds = round(time.perf_counter() - began, 4)
                print(json.dumps({"job": job, "way": way, "round": number, "done": len(results), "seconds": seconds}))
