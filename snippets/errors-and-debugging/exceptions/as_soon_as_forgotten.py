import asyncio


async def save(order):
    await asyncio.sleep(0.2)
    raise OSError(f"{order}: disk full")


async def main():
    task = asyncio.create_task(save("order 7"))
    await asyncio.sleep(0.5)
    print("main: the task is done:", task.done())
    task = asyncio.create_task(save("order 8"))
    print("main: forgot order 7")
    await asyncio.sleep(0.5)
    print("main: order 8:", task.exception())


asyncio.run(main())
