import asyncio


async def greedy(printer):
    for page in [1, 2, 3]:
        async with printer:
            print(f"Ada: page {page}")
            await asyncio.sleep(0.2)


async def modest(printer, name):
    async with printer:
        print(f"{name}: page 1")
        await asyncio.sleep(0.2)


async def main():
    printer = asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        group.create_task(greedy(printer))
        group.create_task(modest(printer, "Ben"))
        group.create_task(modest(printer, "Cleo"))


asyncio.run(main())
