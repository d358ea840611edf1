import asyncio
import time
from threading import Thread


def watch_door(queue):
    time.sleep(0.3)
    print("thread: somebody is at the door")
    queue.put_nowait("a parcel")


async def main():
    queue = asyncio.Queue()
    loop = asyncio.get_running_loop()
    loop.call_later(1.2, print, "timer: rings")
    Thread(target=watch_door, args=[queue]).start()
    print("main: has", await queue.get())


asyncio.run(main())
