import asyncio


async def call(number, limit):
    async with limit:
        print("call", number)
        await asyncio.sleep(0.1)


async def main():
    limit = asyncio.Semaphore(3)
    await asyncio.sleep(0.4)
    async with asyncio.TaskGroup() as group:
        for number in range(1, 10):
            group.create_task(call(number, limit))


asyncio.run(main())
