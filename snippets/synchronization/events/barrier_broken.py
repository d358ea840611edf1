import asyncio


async def climb(name, seconds, together):
    await asyncio.sleep(seconds)
    if name == "Ben":
        print("Ben: turns back, and says so")
        await together.abort()
        return
    print(f"{name}: waits for the others")
    try:
        await together.wait()
        print(f"{name}: goes on")
    except asyncio.BrokenBarrierError:
        print(f"{name}: turns back too")


async def main():
    together = asyncio.Barrier(3)
    async with asyncio.TaskGroup() as group:
        group.create_task(climb("Ada", 0.2, together))
        group.create_task(climb("Ben", 0.4, together))
        group.create_task(climb("Cleo", 0.6, together))
    print("broken:", together.broken)
    await together.reset()
    print("broken:", together.broken)


asyncio.run(main())
