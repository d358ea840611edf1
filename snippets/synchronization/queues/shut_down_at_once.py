# /// script
# requires-python = ">=3.13"
# ///
import asyncio


async def work(queue):
    try:
        while True:
            photo = await queue.get()
            await asyncio.sleep(0.3)
            print(f"worker: {photo} is printed")
            queue.task_done()
    except asyncio.QueueShutDown:
        print("worker: goes home")


async def main():
    queue = asyncio.Queue()
    for photo in ["lake", "forest", "summit", "hut"]:
        queue.put_nowait(photo)
    async with asyncio.TaskGroup() as group:
        group.create_task(work(queue))
        await asyncio.sleep(0.4)
        print(f"main: closes now, {queue.qsize()} photos are dropped")
        queue.shutdown(immediate=True)
        await queue.join()
        print("main: nothing is left to do")


asyncio.run(main())
