import asyncio
import signal


def on_signal(number, action):
    """As loop.add_signal_handler, on Windows too."""
    loop = asyncio.get_running_loop()
    signal.signal(number, lambda *_: loop.call_soon_threadsafe(action))


async def main():
    stop = asyncio.Event()
    on_signal(signal.SIGTERM, stop.set)
    loop = asyncio.get_running_loop()
    loop.call_later(0.3, signal.raise_signal, signal.SIGTERM)
    print("works")
    await stop.wait()
    print("closes")


asyncio.run(main())
