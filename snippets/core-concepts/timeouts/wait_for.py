import asyncio


async def download(name, seconds):
    print(f"{name}: begins")
    try:
        await asyncio.sleep(seconds)
        print(f"{name}: done")
        return f"{name}.png"
    except asyncio.CancelledError:
        print(f"{name}: cancelled")
        raise


async def main():
    print("main: has", await asyncio.wait_for(download("map", 0.5), timeout=0.8))
    try:
        print("main: has", await asyncio.wait_for(download("photos", 1.2), timeout=0.8))
    except TimeoutError:
        print("main: the time is up")


asyncio.run(main())
