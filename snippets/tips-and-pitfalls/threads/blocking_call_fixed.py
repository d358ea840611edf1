import asyncio
import time


async def load(page):
    print(f"{page}: loading")
    await asyncio.to_thread(time.sleep, 0.7)
    print(f"{page}: loaded")


async def tick():
    for number in range(1, 5):
        await asyncio.sleep(0.2)
        print("tick", number)


async def main():
    await asyncio.gather(tick(), load("news"))


asyncio.run(main())
