import asyncio


async def download(name, seconds):
    print(f"{name}: begins")
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(seconds)
        print(f"{name}: done")
    except TimeoutError:
        print(f"{name}: left out")


async def main():
    try:
        async with asyncio.timeout(1.7):
            await download("photos", 3)
            await download("map", 0.2)
            await download("film", 5)
            await download("index", 0.2)
    except TimeoutError:
        print("main: the time is up")


asyncio.run(main())
