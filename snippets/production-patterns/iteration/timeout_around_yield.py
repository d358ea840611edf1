import asyncio


async def readings():
    try:
        async with asyncio.timeout(0.5):
            while True:
                await asyncio.sleep(0.2)
                yield 21
    except TimeoutError:
        print("readings: the time is up")


async def consume():
    try:
        async for degrees in readings():
            print(degrees, "degrees")
            await asyncio.sleep(0.6)
            print("saved")
    except TimeoutError:
        print("consume: the time is up")


async def main():
    task = asyncio.create_task(consume())
    await asyncio.wait([task])
    print("was consume cancelled?", task.cancelled())


asyncio.run(main())
