import asyncio
import sys

SLOW = "import time; time.sleep(1.5); print('program: done, for nobody')"


async def convert():
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", SLOW)
    try:
        async with asyncio.timeout(0.5):
            await process.wait()
        print("main: converted")
    except TimeoutError:
        print("main: gives up")
    return process


async def main():
    process = await convert()
    await process.wait()
    print("main: the program has ended")


asyncio.run(main())
