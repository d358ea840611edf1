import asyncio


async def ask(shop, seconds, lines):
    async with lines, asyncio.timeout(1.2):
        print(f"{shop}: asking")
        await asyncio.sleep(seconds)
        if shop == "corner shop":
            raise ConnectionError("closed today")
        return "4 euros"


async def price(shop, seconds, lines):
    try:
        print(f"{shop}:", await ask(shop, seconds, lines))
    except TimeoutError:
        print(f"{shop}: no answer")
    except ConnectionError as error:
        print(f"{shop}:", error)


async def main():
    lines = asyncio.Semaphore(2)
    shops = {"baker": 0.4, "market": 5, "corner shop": 0.4, "mill": 0.8}
    async with asyncio.TaskGroup() as group:
        for shop, seconds in shops.items():
            group.create_task(price(shop, seconds, lines), name=shop)
    print("main: has asked everyone")


asyncio.run(main())
