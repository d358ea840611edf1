import asyncio

SHOPS = {"Mill": 0.9, "Harbour": 0.3, "Corner": 0.6}


async def ask(shop):
    try:
        await asyncio.sleep(SHOPS[shop])
        return f"{shop} has answered"
    except asyncio.CancelledError:
        print(f"{shop}: no longer asked")
        raise


async def main():
    print("two answers are enough")
    tasks = [asyncio.create_task(ask(shop)) for shop in SHOPS]
    for number, answer in enumerate(asyncio.as_completed(tasks), 1):
        print(await answer)
        if number == 2:
            break
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    print("going on")


asyncio.run(main())
