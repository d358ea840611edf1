import asyncio
import threading
import time


def press(button):
    time.sleep(0.2)
    print("thread: presses the button")
    button.set()


async def something_else():
    await asyncio.sleep(1)


async def main():
    button = asyncio.Event()
    other = asyncio.create_task(something_else())
    threading.Thread(target=press, args=[button]).start()
    await button.wait()
    print("main: the button was pressed")
    await other


asyncio.run(main())
