import asyncio


async def ask(shop, seconds, price):
    await asyncio.sleep(seconds)
    return f"{shop}: {price} euros"


async def main():
    offers = await asyncio.gather(
        ask("Harbour Books", 0.9, 12),
        ask("The Attic", 0.3, 14),
        ask("Mill & Daughters", 0.6, 11),
    )
    for offer in offers:
        print(offer)
    print("that is all")


asyncio.run(main())
