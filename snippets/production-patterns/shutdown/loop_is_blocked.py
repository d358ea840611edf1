import asyncio
import os
import signal
import threading
import time


async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    threading.Timer(0.2, os.kill, [os.getpid(), signal.SIGTERM]).start()
    time.sleep(0.8)
    print("the call has ended; told to stop?", stop.is_set())
    await stop.wait()
    print("told to stop")


asyncio.run(main())
