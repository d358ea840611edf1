import asyncio

END = object()


async def load(target):
    for photo in "ABCD":
        await asyncio.sleep(0.1)
        await target.put(photo)
        print("loaded", photo)
    await target.put(END)


async def shrink(source, target):
    while (photo := await source.get()) is not END:
        await asyncio.sleep(0.3)
        await target.put(photo)
        print("  shrunk", photo)
    await target.put(END)


async def save(source):
    while (photo := await source.get()) is not END:
        await asyncio.sleep(0.2)
        print("    saved", photo)


async def main():
    loaded, shrunk = asyncio.Queue(1), asyncio.Queue(1)
    async with asyncio.TaskGroup() as group:
        group.create_task(load(loaded))
        group.create_task(shrink(loaded, shrunk))
        group.create_task(save(shrunk))
    print("all saved")


asyncio.run(main())
