import asyncio


async def ask(shop, seconds, price):
    await asyncio.sleep(seconds)
    return f"{shop}: {price} euros"


async def main():
    tasks = [
        asyncio.create_task(ask("Harbour Books", 0.9, 12)),
        asyncio.create_task(ask("The Attic", 0.3, 14)),
        asyncio.create_task(ask("Mill & Daughters", 0.6, 11)),
    ]
    for offer in asyncio.as_completed(tasks):
        print(await offer)
    print("that is all")


asyncio.run(main())
