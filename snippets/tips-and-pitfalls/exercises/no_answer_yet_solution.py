import asyncio


async def ask(shop, seconds):
    try:
        await asyncio.sleep(seconds)
        return f"{shop}: 4 euros"
    except asyncio.CancelledError:
        print(f"{shop}: hangs up")
        raise


async def main():
    shops = {"baker": 0.2, "mill": 5, "market": 0.1}
    tasks = [asyncio.create_task(ask(*shop)) for shop in shops.items()]
    done, pending = await asyncio.wait(tasks, timeout=0.6)
    for task in tasks:
        if task in done:
            print(task.result())
    for task in pending:
        task.cancel()
    if pending:
        await asyncio.wait(pending)
    print("main: ends")


asyncio.run(main())
