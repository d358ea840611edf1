import asyncio

tasks = []


def in_background(coroutine, name):
    tasks.append(asyncio.create_task(coroutine, name=name))


async def copy(folder, seconds):
    await asyncio.sleep(seconds)
    if folder == "photos":
        raise OSError("disk full")
    print(f"{folder}: copied")


async def main():
    in_background(copy("mail", 0.6), "copy mail")
    in_background(copy("photos", 0.3), "copy photos")
    await asyncio.sleep(1)
    print("main: ends")


asyncio.run(main())
