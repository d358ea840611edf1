import asyncio


async def download(name, seconds):
    print(f"{name}: begins")
    await asyncio.sleep(seconds)
    print(f"{name}: done")
    return f"{name}.png"


async def main():
    task = asyncio.create_task(download("photos", 0.8))
    await asyncio.wait([task], timeout=0.5)
    if not task.done():
        print("main: this takes longer than usual")
    print("main: has", await task)


asyncio.run(main())
