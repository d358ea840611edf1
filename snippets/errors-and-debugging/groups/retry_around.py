import asyncio

tries = {"map": 0, "news": 0}


async def fetch(page, seconds):
    tries[page] += 1
    try:
        await asyncio.sleep(seconds)
    except asyncio.CancelledError:
        print(f"{page}: cancelled, try {tries[page]}")
        raise
    if page == "news" and tries[page] < 3:
        raise ConnectionError("connection reset")
    print(f"{page}: done, try {tries[page]}")


async def main():
    for _ in range(3):
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(fetch("map", 0.9))
                group.create_task(fetch("news", 0.5))
        except* ConnectionError as errors:
            print("main: all of it again:", *errors.exceptions)


asyncio.run(main())
