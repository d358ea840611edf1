import asyncio
import time


def read_from_slow_disk(name):
    time.sleep(0.5)  # stands for a disk that is busy, asleep, or far away
    return f"{name}: 3 words"


async def tick():
    for _ in range(4):
        print("tick")
        await asyncio.sleep(0.2)


async def main():
    print("reads in the loop")
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    print(read_from_slow_disk("a.txt"))
    await ticking

    print("reads in a thread")
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    print(await asyncio.to_thread(read_from_slow_disk, "b.txt"))
    await ticking


asyncio.run(main())
