import asyncio
import signal
from signal import SIGTERM

stopping = asyncio.Event()


def stop(number, frame):
    print("asked to stop")
    loop = asyncio.get_running_loop()
    loop.call_soon_threadsafe(stopping.set)


async def main():
    loop = asyncio.get_running_loop()
    signal.signal(SIGTERM, stop)
    # As a service manager does at an update:
    loop.call_later(1.2, signal.raise_signal, SIGTERM)
    for order in (1, 2, 3):
        if stopping.is_set():
            break
        print(f"order {order}: paid")
        await asyncio.sleep(0.8)
        print(f"order {order}: sent")
    print("main: ends")


asyncio.run(main())
