import asyncio


async def swim(lanes, name, seconds):
    async with lanes:
        print(f"{name}: swims")
        await asyncio.sleep(seconds)
    print(f"{name}: is out")


async def main():
    lanes = asyncio.Semaphore(2)
    async with asyncio.TaskGroup() as group:
        group.create_task(swim(lanes, "Ada", 0.2))
        group.create_task(swim(lanes, "Ben", 0.6))
        group.create_task(swim(lanes, "Cleo", 1.2))
        group.create_task(swim(lanes, "Dan", 0.4))


asyncio.run(main())
