import asyncio

guests = {"Ada": "tea", "Ben": "coffee"}


async def serve():
    for name, drink in list(guests.items()):
        await asyncio.sleep(0.6)
        if name in guests:
            print(f"{name} has {drink}")
        else:
            print(f"{name} is gone")


async def change():
    await asyncio.sleep(0.9)
    print("Cleo arrives, Ben leaves")
    guests["Cleo"] = "juice"
    del guests["Ben"]


async def main():
    await asyncio.gather(serve(), change())
    print("still here:", list(guests))


asyncio.run(main())
