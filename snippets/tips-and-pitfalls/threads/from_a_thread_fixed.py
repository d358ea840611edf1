import asyncio
import time
from threading import Thread


def watch_door(loop, queue):
    time.sleep(0.3)
    print("thread: somebody is at the door")
    put = queue.put_nowait
    loop.call_soon_threadsafe(put, "a parcel")


async def main():
    queue = asyncio.Queue()
    loop = asyncio.get_running_loop()
    loop.call_later(1.2, print, "timer: rings")
    Thread(target=watch_door, args=[loop, queue]).start()
    print("main: has", await queue.get())


asyncio.run(main())
