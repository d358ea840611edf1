# /// script
# requires-python = ">=3.13"
# ///
import asyncio

SHOPS = {"Mill": 0.9, "Harbour": 0.3, "Corner": 0.6}
PRICES = {"Mill": 12, "Harbour": 15, "Corner": 11}


async def ask(shop):
    await asyncio.sleep(SHOPS[shop])
    return PRICES[shop]


async def main():
    print("asking three shops")
    shops = {asyncio.create_task(ask(shop)): shop for shop in SHOPS}
    async for task in asyncio.as_completed(shops):
        print(f"{shops[task]}: {task.result()} euros")


asyncio.run(main())
