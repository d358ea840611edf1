import asyncio


async def download(page, seconds):
    await asyncio.sleep(seconds)
    if page != "map":
        print(f"{page}: fails")
        raise ConnectionError(f"{page} is not there")
    print(f"{page}: done")


async def main():
    try:
        await asyncio.gather(
            download("news", 0.2),
            download("mail", 0.4),
            download("map", 0.6),
        )
    except ConnectionError as error:
        print("main: caught", error)
    await asyncio.sleep(0.6)
    print("main: ends")


asyncio.run(main())
