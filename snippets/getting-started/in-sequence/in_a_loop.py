import asyncio

SECONDS = {"Lima": 0.4, "Oslo": 0.2, "Cairo": 0.6}


async def fetch(city):
    await asyncio.sleep(SECONDS[city])
    print(f"{city}: here")
    return city.upper()


async def main():
    print("one after another")
    answers = [await fetch(city) for city in SECONDS]
    print(answers)
    print("together")
    answers = await asyncio.gather(*[fetch(city) for city in SECONDS])
    print(answers)


asyncio.run(main())
