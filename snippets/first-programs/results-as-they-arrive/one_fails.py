import asyncio

SHOPS = {"Mill": 0.9, "Harbour": 0.3, "Corner": 0.6}
PRICES = {"Mill": 12, "Harbour": None, "Corner": 11}


async def ask(shop):
    await asyncio.sleep(SHOPS[shop])
    if PRICES[shop] is None:
        raise LookupError(f"{shop} does not have the book")
    return f"{shop}: {PRICES[shop]} euros"


async def main():
    print("asking three shops")
    tasks = [asyncio.create_task(ask(shop)) for shop in SHOPS]
    for answer in asyncio.as_completed(tasks):
        try:
            print(await answer)
        except LookupError as error:
            print(error)


asyncio.run(main())
