import asyncio
from asyncio import FIRST_COMPLETED

WAITS = [0.1] * 18 + [0.8, 0.8]  # one request in ten is slow
sent = 0


async def ask(seconds):
    global sent
    sent += 1
    await asyncio.sleep(seconds)


async def hedged(seconds, delay):
    first = asyncio.create_task(ask(seconds))
    done, _ = await asyncio.wait([first], timeout=delay)
    if not done:
        second = asyncio.create_task(ask(0.1))
        both = [first, second]
        _, slower = await asyncio.wait(both, return_when=FIRST_COMPLETED)
        for task in slower:
            task.cancel()


async def main():
    global sent
    for delay in [None, 0.3, 0]:
        sent = 0
        print("hedging after", delay)
        async with asyncio.TaskGroup() as group:
            for seconds in WAITS:
                group.create_task(hedged(seconds, delay))
        print(f"  20 answers, {sent} requests")


asyncio.run(main())
