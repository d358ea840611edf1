import asyncio
import time


def copy_files():
    for number in range(1, 4):
        time.sleep(0.8)
        print("  copied file", number)


async def main():
    try:
        async with asyncio.timeout(1.2):
            await asyncio.to_thread(copy_files)
    except TimeoutError:
        print("main: the time is up, returns")


asyncio.run(main())
print("asyncio.run: returns")
