import asyncio

tries = {"map": 0, "news": 0}


async def fetch(page):
    tries[page] += 1
    await asyncio.sleep(0.2)
    if page == "news" and tries[page] < 3:
        raise ConnectionError("connection reset")
    return f"{page}.html"


async def download(page, attempts=3):
    for attempt in range(1, attempts + 1):
        try:
            result = await fetch(page)
            print(f"{page}: done")
            return result
        except ConnectionError as error:
            print(f"{page}: attempt {attempt}: {error}")
            if attempt == attempts:
                raise
            await asyncio.sleep(0.1 * attempt)


async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(download(page)) for page in tries]
    print([task.result() for task in tasks])


asyncio.run(main())
