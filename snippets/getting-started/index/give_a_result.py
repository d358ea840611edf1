import asyncio


async def brew(minutes):
    await asyncio.sleep(minutes * 0.2)
    return f"tea, {minutes} minutes"


async def main():
    black = await brew(4)
    green = await brew(2)
    return [black, green]


cups = asyncio.run(main())
print(cups)
