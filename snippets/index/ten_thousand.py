import asyncio


async def visitor():
    await asyncio.sleep(1)


async def main():
    async with asyncio.TaskGroup() as group:
        visitors = [group.create_task(visitor()) for _ in range(10_000)]
        print(len(visitors), "visitors, each waiting a second")
    print("all have waited")


asyncio.run(main())
