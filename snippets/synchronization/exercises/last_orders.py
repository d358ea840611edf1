import asyncio


async def wait_tables(name, orders):
    while True:
        dish, seconds = await orders.get()
        await asyncio.sleep(seconds)
        print(f"{name}: served {dish}")


async def main():
    orders = asyncio.Queue()
    for order in [("soup", 0.3), ("salad", 0.2), ("pasta", 0.6), ("fish", 0.8), ("cake", 0.1)]:
        orders.put_nowait(order)
    waiters = [asyncio.create_task(wait_tables(name, orders)) for name in ["Ada", "Ben"]]
    await asyncio.sleep(0.6)
    print("main: closes")
    for waiter in waiters:
        waiter.cancel()


asyncio.run(main())
