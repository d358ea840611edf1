import asyncio
import os
import signal
from contextlib import asynccontextmanager


@asynccontextmanager
async def printer():
    print("printer: on")
    try:
        yield lambda letter: asyncio.sleep(0.9)
    finally:
        await asyncio.sleep(0.1)
        print("printer: off")


async def work(letters, press):
    while True:
        letter = await letters.get()
        async with asyncio.timeout(2):
            await press(letter)
        print("  printed letter", letter)
        letters.task_done()


async def receive(letters):
    for letter in range(1, 100):
        await letters.put(letter)
        print("received letter", letter)
        if letter == 3:
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.sleep(0.6)


async def main():
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    letters = asyncio.Queue(maxsize=2)
    async with printer() as press, asyncio.TaskGroup() as group:
        worker = group.create_task(work(letters, press))
        receiver = group.create_task(receive(letters))
        await stop.wait()
        print("told to stop")
        receiver.cancel()
        await letters.join()
        worker.cancel()


asyncio.run(main())
