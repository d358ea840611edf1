import asyncio

WAITS = {1: 0.6, 2: 0.3, 3: 1.2, 4: 0.9}


async def download(chapter):
    await asyncio.sleep(WAITS[chapter])
    print(f"  chapter {chapter} is here")
    return f"text of chapter {chapter}"


async def main():
    print("downloading four chapters")
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(download(chapter)) for chapter in WAITS]
        for task in tasks:
            print(await task)


asyncio.run(main())
