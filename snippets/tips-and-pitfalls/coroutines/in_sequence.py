import asyncio


async def measure(city):
    await asyncio.sleep(0.4)
    print(f"{city}: measured")
    return len(city)


async def main():
    cities = ["Oslo", "Lima", "Cairo"]
    found = [await measure(city) for city in cities]
    print("main: has", found)


asyncio.run(main())
