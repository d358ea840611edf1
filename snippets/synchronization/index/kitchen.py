import asyncio


async def cook(name, opened, orders, oven):
    await opened.wait()
    while (dish := await orders.get()) is not None:
        print(f"{name}: kneads {dish}")
        await asyncio.sleep(0.2)
        async with oven:
            print(f"{name}: {dish} goes into the oven")
            await asyncio.sleep(0.4)
        print(f"{name}: {dish} is done")


async def main():
    opened, orders, oven = asyncio.Event(), asyncio.Queue(), asyncio.Lock()
    async with asyncio.TaskGroup() as group:
        for name in ["Ada", "Ben"]:
            group.create_task(cook(name, opened, orders, oven))
        for dish in ["bread", "pizza", "cake", None, None]:
            orders.put_nowait(dish)
        await asyncio.sleep(0.3)
        print("main: the bakery is open")
        opened.set()


asyncio.run(main())
