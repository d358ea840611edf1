import asyncio


class StopSearchError(Exception):
    pass


async def search(room, seconds):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{room}: search called off")
        raise
    if room == "kitchen":
        print(f"{room}: the keys are here")
        raise StopSearchError
    print(f"{room}: nothing")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(search("hall", 0.2))
            group.create_task(search("kitchen", 0.4))
            group.create_task(search("cellar", 0.9))
            await asyncio.sleep(5)
            print("main: nobody has found them")
    except* StopSearchError:
        pass
    print("main: goes on")


asyncio.run(main())
