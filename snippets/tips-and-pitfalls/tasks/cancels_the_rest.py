import asyncio


async def download(name, seconds):
    await asyncio.sleep(seconds)
    if name == "map":
        raise OSError(f"{name}: not found")
    print(f"{name}: downloaded")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(download("film", 0.8))
            group.create_task(download("map", 0.4))
            group.create_task(download("song", 0.1))
    except* OSError as errors:
        print("main:", *errors.exceptions)


asyncio.run(main())
