import asyncio
import time


async def timer(name, seconds):
    await asyncio.sleep(seconds)
    print(f"{name}: ready")


async def chop():
    print("chopping, with no await")
    time.sleep(1)
    print("chopped")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(timer("tea", 0.4))
        group.create_task(timer("eggs", 0.7))
        group.create_task(chop())


asyncio.run(main())
