import asyncio
import time


async def main():
    async with asyncio.timeout(0.3):
        time.sleep(0.6)
        print("first block: too late, and no error")
    try:
        async with asyncio.timeout(0.3):
            time.sleep(0.6)
            print("second block: too late, and now it waits")
            await asyncio.sleep(0.4)
            print("second block: ends")
    except TimeoutError:
        print("second block: TimeoutError")


asyncio.run(main())
