import asyncio


async def save(disk, error, power_cut):
    await power_cut.wait()
    raise error(f"{disk} is gone")


async def back_up():
    power_cut = asyncio.Event()
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(save("disk A", OSError, power_cut))
            group.create_task(save("disk B", KeyError, power_cut))
            group.create_task(save("disk C", OSError, power_cut))
            await asyncio.sleep(0.3)
            power_cut.set()
    except* OSError as errors:
        print("back_up: handles", len(errors.exceptions))
    else:
        print("back_up: no error")
    finally:
        print("back_up: in any case")
    print("back_up: goes on")


async def main():
    try:
        await back_up()
    except* KeyError as errors:
        print("main: the rest is", errors.exceptions)


asyncio.run(main())
