import asyncio


async def swim(lanes, name):
    await lanes.acquire()
    try:
        print(f"{name}: swims")
        await asyncio.sleep(0.2)
        lanes.release()  # too much: finally does it
    finally:
        lanes.release()


async def main():
    lanes = asyncio.BoundedSemaphore(2)
    try:
        await swim(lanes, "Ada")
    except ValueError as error:
        print("ValueError:", error)
        return
    async with asyncio.TaskGroup() as group:
        for name in ["Ben", "Cleo", "Dan"]:
            group.create_task(swim(lanes, name))


asyncio.run(main())
