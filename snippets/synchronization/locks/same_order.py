import asyncio


class Account:
    def __init__(self, number):
        self.number = number
        self.lock = asyncio.Lock()


async def move(name, source, target):
    first, second = sorted([source, target], key=lambda account: account.number)
    async with first.lock:
        print(f"{name}: has account {first.number}")
        await asyncio.sleep(0.2)
        async with second.lock:
            print(f"{name}: has both, moves the money")


async def main():
    rent, food = Account(1), Account(2)
    async with asyncio.TaskGroup() as group:
        group.create_task(move("Ada", rent, food))
        group.create_task(move("Ben", food, rent))


asyncio.run(main())
