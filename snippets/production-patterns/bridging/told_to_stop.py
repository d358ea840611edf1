import asyncio
import threading
import time


def copy_files(stop):
    for number in range(1, 4):
        if stop.is_set():
            print("  stopped before file", number)
            return
        time.sleep(0.8)
        print("  copied file", number)


async def copy():
    stop = threading.Event()
    try:
        await asyncio.to_thread(copy_files, stop)
    finally:
        stop.set()


async def main():
    try:
        async with asyncio.timeout(1.2):
            await copy()
    except TimeoutError:
        print("main: the time is up, returns")


asyncio.run(main())
print("asyncio.run: returns")
