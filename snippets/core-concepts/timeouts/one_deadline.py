import asyncio


async def download(name, seconds):
    print(f"{name}: begins")
    try:
        await asyncio.sleep(seconds)
        print(f"{name}: done")
    except asyncio.CancelledError:
        print(f"{name}: cancelled")
        raise


async def main():
    try:
        async with asyncio.timeout(0.8):
            await download("map", 0.5)
            await download("photos", 1.2)
    except TimeoutError:
        print("main: the time is up")
    print("main: goes on")


asyncio.run(main())
