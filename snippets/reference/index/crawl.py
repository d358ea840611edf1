import asyncio

SITE = {  # a page: the seconds that it takes, and where it links to
    "/": (0.1, ["/tea", "/coffee", "/map"]),
    "/tea": (0.5, ["/", "/green"]),
    "/coffee": (0.2, ["/tea", "/gone"]),
    "/map": (3600, []),
    "/green": (0.3, ["/"]),
}


async def links_of(page):
    seconds, links = SITE[page]
    await asyncio.sleep(seconds)
    return links


async def crawl(queue, seen):
    while True:
        page = await queue.get()
        try:
            async with asyncio.timeout(1.2):
                links = await links_of(page)
            print(f"{page}: {len(links)} links")
            for link in links:
                if link not in seen:
                    seen.add(link)
                    queue.put_nowait(link)
        except (TimeoutError, KeyError) as error:
            print(f"{page}: {type(error).__name__}")
        finally:
            queue.task_done()


async def main():
    queue, seen = asyncio.Queue(), {"/"}
    queue.put_nowait("/")
    async with asyncio.TaskGroup() as group:
        workers = [group.create_task(crawl(queue, seen)) for _ in range(3)]
        await queue.join()
        for worker in workers:
            worker.cancel()
    print(f"{len(seen)} pages")


asyncio.run(main())
