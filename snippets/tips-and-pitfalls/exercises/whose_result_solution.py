import asyncio


async def measure(room, celsius, seconds):
    await asyncio.sleep(seconds)
    print(f"{room}: {celsius} °C")


async def main():
    rooms = {"kitchen": (21, 0.2), "cellar": (12, 0.4), "attic": (17, 0.6)}
    async with asyncio.TaskGroup() as group:
        for room, (celsius, seconds) in rooms.items():
            group.create_task(measure(room, celsius, seconds))


asyncio.run(main())
