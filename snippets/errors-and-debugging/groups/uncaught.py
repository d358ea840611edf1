# /// script
# [tool.runnable]
# exit = 1
# ///
import asyncio


async def save(disk, power_cut):
    await power_cut.wait()
    raise OSError(f"{disk} is gone")


async def main():
    power_cut = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(save("disk A", power_cut))
        group.create_task(save("disk B", power_cut))
        await asyncio.sleep(0.3)
        power_cut.set()


asyncio.run(main())
