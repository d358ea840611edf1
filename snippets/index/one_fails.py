import asyncio


async def copy(what, seconds):
    await asyncio.sleep(seconds)
    if what == "video":
        raise OSError("the disk is full")
    print(f"{what}: copied")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(copy("notes", 0.2))
            group.create_task(copy("video", 0.4))
            group.create_task(copy("music", 3600))
    except* OSError as errors:
        print("stopped:", errors.exceptions[0])


asyncio.run(main())
