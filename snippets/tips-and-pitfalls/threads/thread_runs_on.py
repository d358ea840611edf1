import asyncio
import time


def copy(files):
    for file in files:
        print(f"{file}: copying")
        time.sleep(0.6)
    print("thread: ends")


async def main():
    try:
        async with asyncio.timeout(0.9):
            await asyncio.to_thread(copy, "abcd")
    except TimeoutError:
        print("main: has stopped the copying")


asyncio.run(main())
