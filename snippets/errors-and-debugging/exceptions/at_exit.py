import asyncio


async def save(order):
    await asyncio.sleep(0.2)
    raise OSError(f"{order}: disk full")


async def main():
    task = asyncio.create_task(save("order 7"), name="saver")
    await asyncio.sleep(0.8)
    print("main: all is well")
    return task


kept = asyncio.run(main())
print("the program: all is well")
