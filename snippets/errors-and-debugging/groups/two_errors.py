import asyncio


async def save(disk, power_cut):
    await power_cut.wait()
    if disk == "disk A":
        raise OSError(f"{disk} is gone")
    raise ValueError(f"{disk} has a broken record")


async def main():
    power_cut = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(save("disk A", power_cut))
            group.create_task(save("disk B", power_cut))
            await asyncio.sleep(0.3)
            power_cut.set()
    except* OSError as errors:
        print("first handler:", type(errors).__name__, errors.exceptions)
    except* ValueError as errors:
        print("second handler:", type(errors).__name__, errors.exceptions)
    print("main: goes on")


asyncio.run(main())
