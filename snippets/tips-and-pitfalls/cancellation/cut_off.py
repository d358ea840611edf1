import asyncio
import signal
import sys
from signal import SIGTERM


def stop(number, frame):
    print("asked to stop")
    sys.exit()


async def main():
    loop = asyncio.get_running_loop()
    signal.signal(SIGTERM, stop)
    # As a service manager does at an update:
    loop.call_later(1.2, signal.raise_signal, SIGTERM)
    for order in (1, 2, 3):
        print(f"order {order}: paid")
        await asyncio.sleep(0.8)
        print(f"order {order}: sent")
    print("main: ends")


asyncio.run(main())
