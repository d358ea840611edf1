import asyncio


async def back_up(folder):
    try:
        await asyncio.sleep(0.3)
        print(f"{folder}: done")
    except asyncio.CancelledError:
        print(f"{folder}: cancelled")
        raise


async def with_gather():
    await asyncio.gather(back_up("photos"))


async def with_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(back_up("photos"))


async def with_as_completed():
    for job in asyncio.as_completed([back_up("photos")]):
        await job


async def with_wait():
    await asyncio.wait([asyncio.create_task(back_up("photos"))])


async def main():
    for way in with_gather, with_group, with_as_completed, with_wait:
        print(way.__name__)
        waiting = asyncio.create_task(way())
        await asyncio.sleep(0.1)
        waiting.cancel()
        await asyncio.sleep(0.3)


asyncio.run(main())
