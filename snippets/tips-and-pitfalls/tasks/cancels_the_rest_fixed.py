import asyncio


async def download(name, seconds):
    await asyncio.sleep(seconds)
    if name == "map":
        raise OSError(f"{name}: not found")
    print(f"{name}: downloaded")


async def attempt(name, seconds):
    try:
        await download(name, seconds)
    except OSError as error:
        print("main:", error)


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(attempt("film", 0.8))
        group.create_task(attempt("map", 0.4))
        group.create_task(attempt("song", 0.1))


asyncio.run(main())
