import asyncio
import logging
import threading

logging.getLogger("asyncio").setLevel(logging.ERROR)  # no warnings of slow steps


def from_a_thread(loop):
    try:
        loop.call_soon(print, "a call from the thread")
    except RuntimeError as error:
        print("RuntimeError:", error)


async def main():
    loop = asyncio.get_running_loop()
    print("debug mode:", loop.get_debug())
    threading.Timer(0.2, from_a_thread, [loop]).start()
    await asyncio.sleep(0.8)
    print("main: ends")


asyncio.run(main())
asyncio.run(main(), debug=True)
