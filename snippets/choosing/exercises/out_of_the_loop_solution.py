import asyncio
import os
from concurrent.futures import ProcessPoolExecutor

ticks = 0


def weigh(parcel):
    weight = sum(n % 7 for n in range(parcel * 1_000_000))
    return f"parcel {parcel}: {weight} g", os.getpid()


async def tick():
    global ticks
    while True:
        ticks += 1
        await asyncio.sleep(0.01)


async def main():
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0.05)
    before = ticks
    with ProcessPoolExecutor(1) as pool:
        text, process = await asyncio.get_running_loop().run_in_executor(pool, weigh, 4)
    print(text)
    print("in another process:", process != os.getpid())
    print("the loop went on:", ticks > before)
    ticking.cancel()


if __name__ == "__main__":
    asyncio.run(main())
