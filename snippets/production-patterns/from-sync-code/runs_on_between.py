import asyncio
import time


async def tick():
    for number in range(1, 100):
        print("tick", number)
        await asyncio.sleep(0.6)


async def begin():
    return asyncio.create_task(tick())


with asyncio.Runner() as runner:
    ticking = runner.run(begin())
    runner.run(asyncio.sleep(0.9))
    print("outside of run")
    time.sleep(1)
    print("inside again")
    runner.run(asyncio.sleep(0.3))
