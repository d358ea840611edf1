import asyncio


async def read(station, seconds):
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{station}: cancelled")
        raise
    if station == "Oslo":
        raise ConnectionError(f"{station} does not answer")
    if station == "Lima":
        raise ValueError(f"{station} sends nonsense")
    print(f"{station}: has been read")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            for station, seconds in {"Oslo": 0.2, "Cairo": 0.6, "Lima": 1.0, "Rome": 5}.items():
                group.create_task(read(station, seconds))
    except* (ConnectionError, ValueError) as errors:
        print("main:", *errors.exceptions)


asyncio.run(main())
