import asyncio


async def load(name, seconds):
    await asyncio.sleep(seconds)
    print(f"{name}: loaded")
    return name


async def main():
    page = [await load("text", 0.2), await load("photo", 0.5), await load("comments", 0.3)]
    print(f"the page has {', '.join(page)}")


asyncio.run(main())
