import asyncio


async def run(name, start, seconds):
    print(f"{name}: ready")
    await start.wait()
    print(f"{name}: runs")
    await asyncio.sleep(seconds)
    print(f"{name}: is there")


async def main():
    start = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(run("Ada", start, 0.9))
        group.create_task(run("Ben", start, 0.6))
        await asyncio.sleep(0.3)
        print("main: go!")
        start.set()
        await asyncio.sleep(0.3)
        group.create_task(run("Cleo", start, 0.9))


asyncio.run(main())
