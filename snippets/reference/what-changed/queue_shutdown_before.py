# /// script
# requires-python = "==3.11.*"
# ///
import asyncio


async def work(queue):
    try:
        while True:
            print("working on", await queue.get())
    except asyncio.QueueShutDown:
        print("no more work")


async def main():
    queue = asyncio.Queue()
    queue.put_nowait("an order")
    queue.shutdown()
    await work(queue)


try:
    asyncio.run(main())
except AttributeError as error:
    print(f"{type(error).__name__}: {error}")
