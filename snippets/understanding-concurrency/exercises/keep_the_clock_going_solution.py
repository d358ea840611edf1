import asyncio
import time


def scan(document):
    time.sleep(1.2)
    return f"{document}: scanned"


async def tick():
    for number in range(1, 6):
        print("tick", number)
        await asyncio.sleep(0.2)


async def main():
    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0.1)
    print(await asyncio.to_thread(scan, "letter"))
    await ticking


asyncio.run(main())
