import asyncio

SHOPS = {"Mill": 0.9, "Harbour": 0.2, "Corner": 0.3}
PRICES = {"Mill": 12, "Harbour": 15, "Corner": 11}


async def ask(shop):
    await asyncio.sleep(SHOPS[shop])
    return PRICES[shop]


async def main():
    print("the shops have 0.6 seconds")
    shops = {asyncio.create_task(ask(shop)): shop for shop in SHOPS}
    done, late = await asyncio.wait(shops, timeout=0.6)
    for task in late:
        task.cancel()
    for task, shop in shops.items():
        print(f"{shop}:", task.result() if task in done else "too late")


asyncio.run(main())
