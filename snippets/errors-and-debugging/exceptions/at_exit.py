import asyncio


async def save(order):
    await asyncio.sleep(0.2)
    raise OSError(f"{order}: disk full")


async def main():
    saving = asyncio.create_task(save("order 7"), name="saver")
    await asyncio.sleep(0.8)
    print("main: all is well")
    return saving.done()


print("the task is done:", asyncio.run(main()))
