import asyncio

cache = {}


async def fetch(city):
    print(f"fetches {city}")
    await asyncio.sleep(0.4)
    return f"forecast for {city}"


async def forecast(city):
    if city not in cache:
        cache[city] = asyncio.create_task(fetch(city))
    return await asyncio.shield(cache[city])


async def main():
    print(await asyncio.gather(forecast("Oslo"), forecast("Oslo")))
    print(await forecast("Oslo"))


asyncio.run(main())
