import asyncio

price = 0


async def watch(changed):
    while True:
        await changed.wait()
        print(f"watcher: the price is {price}")
        await asyncio.sleep(0.3)  # tells somebody


async def main():
    global price
    changed = asyncio.Event()
    watcher = asyncio.create_task(watch(changed))
    for new in [10, 11]:
        await asyncio.sleep(0.2)
        price = new
        print(f"market: the price is {price}")
        changed.set()
        changed.clear()
    await asyncio.sleep(0.5)
    print("market closes")
    watcher.cancel()


asyncio.run(main())
