import asyncio

END = object()


async def load(target):
    try:
        for photo in "ABCD":
            await target.put(photo)
            print("loaded", photo)
        await target.put(END)
    except asyncio.CancelledError:
        print("load: called off")
        raise


async def save(source):
    while (photo := await source.get()) is not END:
        await asyncio.sleep(0.3)
        if photo == "B":
            raise OSError("the disk is full")
        print("  saved", photo)


async def main():
    loaded = asyncio.Queue(1)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(load(loaded))
            group.create_task(save(loaded))
    except* OSError as errors:
        print("main:", errors.exceptions[0])


asyncio.run(main())
