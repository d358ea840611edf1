import asyncio

guests = {"Ada": "tea", "Ben": "coffee"}


async def serve():
    for name, drink in guests.items():
        await asyncio.sleep(0.6)
        print(f"{name} has {drink}")


async def arrive(name, drink):
    await asyncio.sleep(0.9)
    print(f"{name} arrives")
    guests[name] = drink


async def main():
    results = await asyncio.gather(serve(), arrive("Cleo", "juice"), return_exceptions=True)
    print("serve ended with", repr(results[0]))


asyncio.run(main())
