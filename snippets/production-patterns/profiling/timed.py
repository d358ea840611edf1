# /// script
# [tool.runnable]
# alone = true
# ///
import asyncio
import contextlib
import json
import time
from collections import Counter

from slow_report import count, fetch, save

spent = Counter()


@contextlib.contextmanager
def timed(name):
    began = time.perf_counter()
    try:
        yield
    finally:
        spent[name] += time.perf_counter() - began


async def report(city):
    with timed("fetch"):
        prices = await fetch(city)
    with timed("count"):
        number = count(prices)
    with timed("save"):
        save(city, number)


async def main():
    for city in ("Oslo", "Rome", "Lima"):
        await report(city)


asyncio.run(main())
for name, seconds in spent.items():
    print(json.dumps({"tool": "perf_counter", "function": name, "seconds": round(seconds, 4)}))
