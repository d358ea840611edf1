# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio
from collections import Counter

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

at_work = 0


async def photo(request):
    global at_work
    if at_work == 3:
        raise web.HTTPTooManyRequests
    at_work += 1
    await asyncio.sleep(0.6)
    at_work -= 1
    return web.Response(body=b"a picture")


# --8<-- [start:client]
async def fetch(session, number):
    async with session.get(f"/{number}") as response:
        return response.status


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        print("asking for 9 photos at once")
        photos = [fetch(session, number) for number in range(1, 10)]
        statuses = await asyncio.gather(*photos)
    for status, count in sorted(Counter(statuses).items()):
        print(f"status {status}: {count} times")


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/{number}", photo)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
