import asyncio

SHOPS = {"Mill": 0.9, "Harbour": 0.3, "Corner": 0.6}
PRICES = {"Mill": 12, "Harbour": 15, "Corner": 11}


async def ask(shop):
    await asyncio.sleep(SHOPS[shop])
    return PRICES[shop]


async def show(shop):
    euros = await ask(shop)
    print(f"{shop}: {euros} euros")


async def main():
    print("asking three shops")
    async with asyncio.TaskGroup() as group:
        for shop in SHOPS:
            group.create_task(show(shop))
    print("all shops have answered")


asyncio.run(main())
