import asyncio

visits = 0


async def visit():
    global visits
    for _ in range(10):
        await asyncio.sleep(0.01)
        seen = visits
        visits = seen + 1


async def main():
    async with asyncio.TaskGroup() as group:
        for _ in range(1000):
            group.create_task(visit())
    print(f"1000 tasks, 10 visits each: {visits}")


asyncio.run(main())
