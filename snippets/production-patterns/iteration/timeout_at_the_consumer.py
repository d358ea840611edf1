import asyncio
from contextlib import aclosing


async def readings():
    while True:
        await asyncio.sleep(0.2)
        yield 21


async def main():
    try:
        async with asyncio.timeout(0.5), aclosing(readings()) as degrees_now:
            async for degrees in degrees_now:
                print(degrees, "degrees")
                await asyncio.sleep(0.6)
                print("saved")
    except TimeoutError:
        print("main: the time is up")


asyncio.run(main())
