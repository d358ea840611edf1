import asyncio

SECONDS = {"home": 0.3, "mail": 0.6, "photos": 0.3, "Oslo": 0.6}
INSIDE = {"home": ["mail", "photos"], "photos": ["Oslo"]}


async def back_up(folder, group):
    await asyncio.sleep(SECONDS[folder])
    print(f"{folder}: done")
    for inner in INSIDE.get(folder, []):
        print(f"{inner}: found in {folder}")
        group.create_task(back_up(inner, group))


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(back_up("home", group))
    print("everything is done")


asyncio.run(main())
