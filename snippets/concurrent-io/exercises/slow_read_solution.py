import asyncio
import time


def read_from_slow_disk(name):
    time.sleep(1)
    return f"the words of {name}"


async def tick():
    for _ in range(3):
        print("tick")
        await asyncio.sleep(0.2)


async def main():
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    print("main: reads")
    text = await asyncio.to_thread(read_from_slow_disk, "letter.txt")
    print("main: has", text)
    ticking.cancel()


asyncio.run(main())
