import asyncio


async def download(page):
    await asyncio.sleep(0.5)
    print(f"{page}: done")


async def in_a_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(download("map"))
        news = group.create_task(download("news"))
        await asyncio.sleep(0.2)
        news.cancel()
    print("the group: no error; the news was cancelled:", news.cancelled())


async def in_a_gather():
    news = asyncio.create_task(download("news"))
    asyncio.get_running_loop().call_later(0.2, news.cancel)
    try:
        await asyncio.gather(download("map"), news)
    except asyncio.CancelledError:
        print("gather: CancelledError, but I was not cancelled:", asyncio.current_task().cancelling() == 0)


async def main():
    await in_a_group()
    await in_a_gather()
    await asyncio.sleep(0.5)


asyncio.run(main())
