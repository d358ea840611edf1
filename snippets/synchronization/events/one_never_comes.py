import asyncio


async def climb(name, seconds, together):
    await asyncio.sleep(seconds)
    if name == "Ben":
        print("Ben: turns back")
        return
    print(f"{name}: waits for the others")
    await together.wait()
    print(f"{name}: goes on")


async def main():
    together = asyncio.Barrier(3)
    try:
        async with asyncio.timeout(1), asyncio.TaskGroup() as group:
            group.create_task(climb("Ada", 0.2, together))
            group.create_task(climb("Ben", 0.3, together))
            group.create_task(climb("Cleo", 0.4, together))
    except TimeoutError:
        print("main: nobody went on")


asyncio.run(main())
