import asyncio


async def ask(city, seconds):
    print(f"{city}: asked")
    await asyncio.sleep(seconds)
    print(f"{city}: answered")
    return f"{city} is {seconds:.0%} cloudy"


async def main():
    bergen, cairo = await asyncio.gather(ask("Bergen", 0.8), ask("Cairo", 0.3))
    print(f"{bergen}, {cairo}")


asyncio.run(main())
