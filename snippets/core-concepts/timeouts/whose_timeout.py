import asyncio


async def measure(station, seconds):
    await asyncio.sleep(seconds)
    raise TimeoutError(f"{station} has lost its sensor")


async def main():
    for station, seconds in [("Oslo", 0.2), ("Lima", 0.8)]:
        try:
            async with asyncio.timeout(0.5) as deadline:
                await measure(station, seconds)
        except TimeoutError as error:
            if deadline.expired():
                print(f"{station} took too long")
            else:
                print(error)


asyncio.run(main())
