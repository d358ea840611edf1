import asyncio

price = 0


async def watch(changed):
    seen = 0
    while True:
        async with changed:
            await changed.wait_for(lambda: price != seen)
            seen = price
        print(f"watcher: the price is {seen}")
        await asyncio.sleep(0.3)  # tells somebody


async def main():
    global price
    changed = asyncio.Condition()
    watcher = asyncio.create_task(watch(changed))
    for new in [10, 11]:
        await asyncio.sleep(0.2)
        async with changed:
            price = new
            print(f"market: the price is {price}")
            changed.notify_all()
    await asyncio.sleep(0.5)
    print("market closes")
    watcher.cancel()


asyncio.run(main())
