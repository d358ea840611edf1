import asyncio


async def save(order):
    print(f"{order}: saving")
    try:
        await asyncio.sleep(0.6)
        print(f"{order}: saved")
    except asyncio.CancelledError:
        print(f"{order}: half saved")
        raise


async def handle(order):
    saving = asyncio.create_task(save(order))
    try:
        await asyncio.shield(saving)
    except asyncio.CancelledError:
        print("handle: cancelled, but lets the saving finish")
        await saving
        raise


async def main():
    try:
        async with asyncio.timeout(0.3):
            await handle("order 7")
    except TimeoutError:
        print("main: waits no longer")
    print("main: ends")


asyncio.run(main())
