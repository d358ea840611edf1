# /// script
# requires-python = ">=3.14"
# ///

import asyncio


async def fetch(city):
    if city != "Oslo":
        raise LookupError(f"no station in {city}")
    await asyncio.sleep(0.3)
    return f"{city}: snow"


async def main():
    oslo = asyncio.create_task(fetch("Oslo"), eager_start=True)
    atlantis = asyncio.create_task(fetch("Atlantis"), eager_start=True)
    print("both created, Atlantis done is", atlantis.done())
    print(await oslo)
    try:
        print(await atlantis)
    except LookupError as error:
        print("await raised:", error)


asyncio.run(main())
