import asyncio
import time


async def tick():
    for number in range(1, 6):
        print("tick", number)
        await asyncio.sleep(0.2)


async def report():
    await asyncio.sleep(0.3)
    print("report: begins")
    time.sleep(0.7)
    print("report: ends")


async def main():
    await asyncio.gather(tick(), report())


asyncio.run(main())
