# /// script
# requires-python = ">=3.13"
# ///
import asyncio


async def work(name, queue):
    while True:
        try:
            photo = await queue.get()
        except asyncio.QueueShutDown:
            print(f"worker {name}: goes home")
            return
        await asyncio.sleep(0.9)
        print(f"worker {name}: {photo} is printed")


async def main():
    queue = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        for name in "AB":
            group.create_task(work(name, queue))
        for photo in ["lake", "forest", "summit"]:
            await queue.put(photo)
            await asyncio.sleep(0.6)
        queue.shutdown()
        try:
            await queue.put("hut")
        except asyncio.QueueShutDown:
            print("main: the queue takes no more")


asyncio.run(main())
