# /// script
# [tool.runnable]
# exit = 1
# ///
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
    await asyncio.wait(tasks, timeout=0.6)
    for task in tasks:
        print(task.result())
    print("main: ends")


asyncio.run(main())
