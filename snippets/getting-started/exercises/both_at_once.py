import asyncio


async def ask(city, seconds):
    print(f"{city}: asked")
    await asyncio.sleep(seconds)
    print(f"{city}: answered")
    return f"{city} is {seconds:.0%} cloudy"


async def main():
    bergen = await ask("Bergen", 0.8)
    cairo = await ask("Cairo", 0.3)
    print(f"{bergen}, {cairo}")


asyncio.run(main())
