import asyncio


class Shelf:
    def __init__(self):
        self.loaves = 0
        self.changed = asyncio.Condition()

    async def put(self, number):
        async with self.changed:
            self.loaves += number
            self.changed.notify_all()

    async def take(self, number):
        async with self.changed:
            await self.changed.wait_for(lambda: self.loaves >= number)
            self.loaves -= number


async def buy(shelf, name, number):
    print(f"{name}: wants {number}")
    await shelf.take(number)
    print(f"{name}: has {number}, {shelf.loaves} left")


async def main():
    shelf = Shelf()
    async with asyncio.TaskGroup() as group:
        group.create_task(buy(shelf, "Ada", 3))
        group.create_task(buy(shelf, "Ben", 1))
        for _ in range(3):
            await asyncio.sleep(0.2)
            print("baker: two loaves")
            await shelf.put(2)


asyncio.run(main())
