# /// script
# [tool.runnable]
# alone = true
# timeout = 60
# ///
import asyncio
import itertools
import json
import threading
import time

TURNS = 10_000
turns = []


async def take_turns(name):
    for _ in range(TURNS):
        turns.append(name)
        await asyncio.sleep(0)


async def two_tasks():
    await asyncio.gather(take_turns("ping"), take_turns("pong"))


def take_turns_in_thread(name, mine, theirs):
    for _ in range(TURNS):
        mine.acquire()
        turns.append(name)
        theirs.release()


def two_threads():
    first, second = threading.Lock(), threading.Lock()
    second.acquire()
    ping = threading.Thread(target=take_turns_in_thread, args=["ping", first, second])
    pong = threading.Thread(target=take_turns_in_thread, args=["pong", second, first])
    ping.start(), pong.start()
    ping.join(), pong.join()


for name, way in [("asyncio tasks", lambda: asyncio.run(two_tasks())), ("threads", two_threads)]:
    turns.clear()
    began = time.perf_counter()
    way()
    seconds = round(time.perf_counter() - began, 4)
    switches = sum(before != after for before, after in itertools.pairwise(turns))
    print(json.dumps({"way": name, "switches": switches, "seconds": seconds}))
