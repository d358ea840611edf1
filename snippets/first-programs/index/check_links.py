# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

PAGES = {"/about": (0.2, 200), "/news": (1.0, 200), "/old": (0.6, 404)}
PAGES |= {"/shop": (1.2, 200), "/map": (3600, 200), "/team": (0.8, 200)}


async def page(request):
    wait, status = PAGES[request.path]
    await asyncio.sleep(wait)
    return web.Response(status=status)


# --8<-- [start:client]
LINKS = ["/about", "/news", "/old", "/shop", "/map", "/team"]


async def check(session, limit, link):
    async with limit:
        try:
            async with session.get(link) as response:
                return link, "ok" if response.ok else response.status
        except TimeoutError:
            return link, "no answer"


async def main(url):
    limit = asyncio.Semaphore(3)
    timeout = aiohttp.ClientTimeout(total=1.6)
    async with aiohttp.ClientSession(url, timeout=timeout) as session:
        print(f"checking {len(LINKS)} links")
        tasks = [asyncio.create_task(check(session, limit, link)) for link in LINKS]
        for number, answer in enumerate(asyncio.as_completed(tasks), 1):
            link, result = await answer
            print(f"{number} of {len(LINKS)}: {link} {result}")


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/{page}", page)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
