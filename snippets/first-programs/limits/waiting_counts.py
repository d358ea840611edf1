# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer


async def photo(request):
    await asyncio.sleep(0.6)
    return web.Response(body=b"a picture")


# --8<-- [start:client]
async def fetch(session, limit, number):
    try:
        async with limit, session.get(f"/{number}") as response:
            await response.read()
        print(f"photo {number}: {response.status}")
    except TimeoutError:
        print(f"photo {number}: timed out")


async def fetch_three(url, limit, connector):
    timeout = aiohttp.ClientTimeout(total=1.5)
    session = aiohttp.ClientSession(url, connector=connector, timeout=timeout)
    async with session:
        await asyncio.gather(*[fetch(session, limit, number) for number in (1, 2, 3)])


async def main(url):
    print("waiting in the connector:")
    await fetch_three(url, asyncio.Semaphore(3), aiohttp.TCPConnector(limit=1))
    print("waiting at the semaphore:")
    await fetch_three(url, asyncio.Semaphore(1), aiohttp.TCPConnector())


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/{number}", photo)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
