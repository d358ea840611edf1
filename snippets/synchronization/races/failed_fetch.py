import asyncio

cache = {}
answers = iter([OSError("no connection"), "rain"])


async def fetch(city):
    print(f"fetches {city}")
    await asyncio.sleep(0.2)
    answer = next(answers)
    if isinstance(answer, OSError):
        raise answer
    return answer


async def fetch_and_keep(city):
    try:
        return await fetch(city)
    except BaseException:
        del cache[city]
        raise


async def forecast(city):
    if city not in cache:
        cache[city] = asyncio.create_task(fetch_and_keep(city))
    return await asyncio.shield(cache[city])


async def main():
    print(await asyncio.gather(forecast("Oslo"), forecast("Oslo"), return_exceptions=True))
    print(await forecast("Oslo"))


asyncio.run(main())
