# /// script
# requires-python = ">=3.15"
# ///
import asyncio


async def search(room, seconds, group, found):
    await asyncio.sleep(seconds)
    print(f"{room}: the keys are here")
    found.append(room)
    group.cancel()
    return room


async def main():
    found = []
    async with asyncio.TaskGroup() as group:
        hall = group.create_task(search("hall", 0.9, group, found))
        kitchen = group.create_task(search("kitchen", 0.4, group, found))
    print("hall cancelled:", hall.cancelled())
    print("kitchen cancelled:", kitchen.cancelled())
    print("found:", found)


asyncio.run(main())
