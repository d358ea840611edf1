import asyncio


async def save(order):
    try:
        await asyncio.sleep(0.6)
        print(f"{order}: saved")
    except asyncio.CancelledError:
        print(f"{order}: half saved")
        raise


async def handle(order):
    await asyncio.shield(save(order))


async def main():
    try:
        async with asyncio.timeout(0.3):
            await handle("order 7")
    except TimeoutError:
        print("main: waits no longer")


asyncio.run(main())
