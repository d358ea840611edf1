import asyncio
import time


async def main():
    print("main: waits")
    try:
        await time.sleep(0.5)
    except TypeError:
        print("main: sleep returned None, and None is no awaitable")


asyncio.run(main())
