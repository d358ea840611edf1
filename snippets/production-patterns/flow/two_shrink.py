# /// script
# requires-python = ">=3.13"
# ///
import asyncio

loaded, shrunk = asyncio.Queue(1), asyncio.Queue(1)


async def load():
    for job in [("A", 0.4), ("B", 0.5), ("C", 0.4), ("D", 0.5)]:
        await loaded.put(job)
    loaded.shutdown()


async def shrink(name):
    try:
        while True:
            photo, seconds = await loaded.get()
            await asyncio.sleep(seconds)
            print(f"{name}: shrunk {photo}")
            await shrunk.put(photo)
    except asyncio.QueueShutDown:
        print(f"{name}: no more photos")


async def shrink_all():
    async with asyncio.TaskGroup() as group:
        for name in "first", "second":
            group.create_task(shrink(name))
    shrunk.shutdown()


async def save():
    try:
        while True:
            print("  saved", await shrunk.get())
    except asyncio.QueueShutDown:
        print("all saved")


async def main():
    async with asyncio.TaskGroup() as group:
        for stage in load, shrink_all, save:
            group.create_task(stage())


asyncio.run(main())
