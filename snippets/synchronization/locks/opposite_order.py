import asyncio


async def move(name, first, second):
    async with first:
        print(f"{name}: has one account")
        await asyncio.sleep(0.2)
        async with second:
            print(f"{name}: has both, moves the money")


async def main():
    rent, food = asyncio.Lock(), asyncio.Lock()
    try:
        async with asyncio.timeout(1), asyncio.TaskGroup() as group:
            group.create_task(move("Ada", rent, food))
            group.create_task(move("Ben", food, rent))
    except TimeoutError:
        print("each waits for what the other has")


asyncio.run(main())
