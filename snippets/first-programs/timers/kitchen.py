import asyncio


async def timer(name, seconds):
    await asyncio.sleep(seconds)
    print(f"{name}: ready")


async def main():
    print("three timers run")
    async with asyncio.TaskGroup() as group:
        group.create_task(timer("rice", 1))
        group.create_task(timer("tea", 0.4))
        group.create_task(timer("eggs", 0.7))
    print("dinner is served")


asyncio.run(main())
