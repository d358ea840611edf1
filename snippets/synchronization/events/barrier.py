import asyncio


async def climb(name, seconds, together):
    for camp in ["first camp", "summit"]:
        await asyncio.sleep(seconds)
        print(f"{name}: at the {camp}")
        if await together.wait() == 0:
            print(f"all are at the {camp}")


async def main():
    together = asyncio.Barrier(3)
    async with asyncio.TaskGroup() as group:
        group.create_task(climb("Ada", 0.3, together))
        group.create_task(climb("Ben", 0.9, together))
        group.create_task(climb("Cleo", 0.6, together))


asyncio.run(main())
