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
        async with asyncio.TaskGroup() as group:
            group.create_task(back_up("photos", 0.9))
            group.create_task(back_up("mail", 0.1))
            group.create_task(back_up("music", 0.5))
    except* OSError as errors:
        print("main: caught", *errors.exceptions)
    await asyncio.sleep(0.8)
    print("main: ends")


asyncio.run(main())
