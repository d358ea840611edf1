# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

WAITS = {"/1": 0.2, "/2": 0.4, "/3": 0.6, "/4": 0.6, "/5": 0.6, "/6": 0.6}
at_work = most = 0


async def photo(request):
    global at_work, most
    if at_work == 3:
        raise web.HTTPTooManyRequests
    at_work += 1
    most = max(most, at_work)
    await asyncio.sleep(WAITS[request.path])
    at_work -= 1
    return web.Response(body=b"a picture")


# --8<-- [start:client]
async def fetch(session, number):
    print(f"photo {number}: asking")
    async with session.get(f"/{number}") as response:
        await response.read()
    print(f"photo {number}: {response.status}")


async def main(url):
    connector = aiohttp.TCPConnector(limit=3)
    async with aiohttp.ClientSession(url, connector=connector) as session:
        photos = [fetch(session, number) for number in range(1, 7)]
        await asyncio.gather(*photos)
    print("at work at the same time, at most:", most)


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/{number}", photo)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
