import asyncio
import threading
import time


def copy(files, stop):
    for file in files:
        if stop.is_set():
            break
        print(f"{file}: copying")
        time.sleep(0.6)
    print("thread: ends")


async def main():
    stop = threading.Event()
    try:
        async with asyncio.timeout(0.9):
            await asyncio.to_thread(copy, "abcd", stop)
    except TimeoutError:
        print("main: has asked to stop the copying")
    finally:
        stop.set()


asyncio.run(main())
