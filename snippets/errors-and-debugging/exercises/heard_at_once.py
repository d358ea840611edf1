import asyncio


async def copy(folder, seconds):
    await asyncio.sleep(seconds)
    if folder == "photos":
        raise OSError("disk full")
    print(f"{folder}: copied")


async def main():
    background = [
        asyncio.create_task(copy("mail", 0.8), name="copy mail"),
        asyncio.create_task(copy("photos", 0.3), name="copy photos"),
    ]
    print("main:", len(background), "tasks in the background")
    await asyncio.sleep(1.3)
    print("main: ends")


asyncio.run(main())
