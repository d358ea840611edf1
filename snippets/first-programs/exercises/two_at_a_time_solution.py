# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

at_work = most = 0


async def song(request):
    global at_work, most
    at_work += 1
    most = max(most, at_work)
    await asyncio.sleep(int(request.match_info["number"]) / 10)
    at_work -= 1
    return web.Response(body=b"a song")


# --8<-- [start:client]
async def fetch(session, number, limit):
    async with limit, session.get(f"/{number}") as response:
        await response.read()
    print(f"song {number} is here")


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        limit = asyncio.Semaphore(2)
        await asyncio.gather(*[fetch(session, number, limit) for number in range(1, 7)])
    print(f"at work at the same time, at most: {most}")


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/{number}", song)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
