import asyncio


async def work(name, queue):
    while (photo := await queue.get()) is not None:
        await asyncio.sleep(0.9)
        print(f"worker {name}: {photo} is printed")
    print(f"worker {name}: goes home")


async def main():
    queue = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        for name in "AB":
            group.create_task(work(name, queue))
        for photo in ["lake", "forest", "summit"]:
            await queue.put(photo)
            await asyncio.sleep(0.6)
        for _ in "AB":
            await queue.put(None)


asyncio.run(main())
