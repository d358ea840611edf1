import asyncio


async def read(station):
    await asyncio.sleep(0.3)
    if station == "Oslo":
        raise ConnectionError("no answer")
    if station == "Lima":
        return 19 + "degrees"
    return 24


async def main():
    stations = ["Cairo", "Oslo", "Lima"]
    results = await asyncio.gather(*map(read, stations), return_exceptions=True)
    unexpected = []
    for station, result in zip(stations, results):
        match result:
            case ConnectionError():
                print(f"{station}: {result}")
            case BaseException():
                unexpected.append(result)
            case degrees:
                print(f"{station}: {degrees} degrees")
    if unexpected:
        raise BaseExceptionGroup("while reading the stations", unexpected)


try:
    asyncio.run(main())
except* TypeError as bugs:
    print("a bug:", bugs.exceptions[0])
