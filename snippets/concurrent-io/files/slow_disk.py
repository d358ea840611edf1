import asyncio
import time


def read_from_slow_disk(name):
    time.sleep(0.6)  # stands for a disk that is busy, asleep, or far away
    return f"{name}: 3 words"


async def tick():
    for _ in range(2):
        print("tick")
        await asyncio.sleep(0.4)


async def main():
    print("reads in the loop")
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    print(read_from_slow_disk("a.txt"))
    ticking.cancel()

    print("reads in a thread")
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    print(await asyncio.to_thread(read_from_slow_disk, "b.txt"))
    ticking.cancel()


asyncio.run(main())
