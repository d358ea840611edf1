import asyncio


async def load(name, seconds):
    await asyncio.sleep(seconds)
    print(f"{name}: loaded")
    return name


async def main():
    page = await asyncio.gather(load("text", 0.2), load("photo", 0.5), load("comments", 0.3))
    print(f"the page has {', '.join(page)}")


asyncio.run(main())
