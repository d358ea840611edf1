import asyncio


async def forecast(city):
    print(f"{city}: asking")
    await asyncio.sleep(0.5)
    return f"{city}: rain"


async def main():
    called = forecast("Bergen")
    print("called, and got a", type(called).__name__)
    await asyncio.sleep(0.5)
    print("awaiting it now")
    awaited = await called
    print("awaited, and got", repr(awaited))


asyncio.run(main())
