# /// script
# requires-python = ">=3.15"
# ///
import asyncio


async def search(room, seconds, group):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{room}: search called off")
        raise
    if room == "kitchen":
        print(f"{room}: the keys are here")
        group.cancel()
    else:
        print(f"{room}: nothing")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(search("hall", 0.2, group))
        group.create_task(search("kitchen", 0.4, group))
        group.create_task(search("cellar", 0.9, group))
        await asyncio.sleep(5)
        print("main: nobody has found them")
    print("main: goes on")


asyncio.run(main())
