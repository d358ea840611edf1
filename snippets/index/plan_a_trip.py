import asyncio


async def look_up(what, seconds):
    print(f"{what}: asked")
    await asyncio.sleep(seconds)
    print(f"{what}: answered")


async def main():
    async with asyncio.TaskGroup() as group:
        group.create_task(look_up("trains", 0.4))
        group.create_task(look_up("hotels", 1.0))
        group.create_task(look_up("museums", 0.8))
        group.create_task(look_up("weather", 0.2))
    print("the trip is planned")


asyncio.run(main())
