import asyncio
import threading
import time


def press(button, loop):
    time.sleep(0.2)
    print("thread: presses the button")
    loop.call_soon_threadsafe(button.set)


async def main():
    button = asyncio.Event()
    loop = asyncio.get_running_loop()
    threading.Thread(target=press, args=[button, loop]).start()
    await button.wait()
    print("main: the button was pressed")


asyncio.run(main())
