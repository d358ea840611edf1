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
            download("news", 0.3),
            download("mail", 0.6),
            download("map", 0.9),
        )
    except ConnectionError as error:
        print("main: caught", error)
    await asyncio.sleep(0.9)
    print("main: ends")


asyncio.run(main())
