import asyncio


async def save(order):
    print(f"{order}: saving")
    try:
        await asyncio.sleep(0.6)
        print(f"{order}: saved")
    except asyncio.CancelledError:
        print(f"{order}: half saved")
        raise


async def main():
    saving = asyncio.create_task(save("order 7"))
    try:
        async with asyncio.timeout(0.3):
            await asyncio.shield(saving)
            print("main: thanks the customer")
    except TimeoutError:
        print("main: waits no longer")
    await asyncio.sleep(0.6)
    print("main: ends")


asyncio.run(main())
