# /// script
# dependencies = ["psutil"]
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import asyncio
import json
import time

import psutil

waiting = 0


async def wait(gate):
    global waiting
    waiting += 1
    async with gate:
        waiting -= 1


async def main():
    gate = asyncio.Lock()
    await gate.acquire()
    tasks = []
    memory, began = psutil.Process().memory_info().rss, time.perf_counter()
    for units in (1_000, 10_000):
        while len(tasks) < units:
            tasks.append(asyncio.create_task(wait(gate)))
        await asyncio.sleep(0)
        seconds, grown = time.perf_counter() - began, psutil.Process().memory_info().rss - memory
        print(json.dumps({"way": "asyncio tasks", "waiting": waiting, "seconds": round(seconds, 4), "bytes": grown}))
    began = time.perf_counter()
    gate.release()
    await asyncio.gather(*tasks)
    seconds = time.perf_counter() - began
    print(json.dumps({"way": "asyncio tasks", "ended": len(tasks), "waiting": waiting, "seconds": round(seconds, 4)}))


asyncio.run(main())
