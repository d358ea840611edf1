import asyncio


async def back_up(folder, seconds):
    print(f"{folder}: begins")
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{folder}: cancelled")
        raise
    if folder == "music":
        raise OSError("disk full")
    print(f"{folder}: done")


async def main():
    try:
        await asyncio.gather(
            back_up("photos", 0.9),
            back_up("mail", 0.1),
            back_up("music", 0.5),
        )
    except OSError as error:
        print("main: caught", error)
    await asyncio.sleep(0.8)
    print("main: ends")


asyncio.run(main())
