import asyncio

saving = set()


async def save(order):
    try:
        await asyncio.sleep(0.6)
        print(f"{order}: saved")
    except asyncio.CancelledError:
        print(f"{order}: half saved")
        raise


async def handle(order):
    task = asyncio.create_task(save(order))
    saving.add(task)
    task.add_done_callback(saving.discard)
    await asyncio.shield(task)


async def main():
    try:
        async with asyncio.timeout(0.3):
            await handle("order 7")
    except TimeoutError:
        print("main: waits no longer")
    if saving:
        await asyncio.wait(saving)


asyncio.run(main())
