import asyncio


async def swim(lanes, name, seconds):
    async with lanes:
        print(f"{name}: swims")
        await asyncio.sleep(seconds)
    print(f"{name}: is out")


async def main():
    lanes = asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        group.create_task(swim(lanes, "Ada", 0.3))
        group.create_task(swim(lanes, "Ben", 0.6))
        group.create_task(swim(lanes, "Cleo", 0.9))
        group.create_task(swim(lanes, "Dan", 0.3))


asyncio.run(main())
