# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer


async def departures(request):
    response = web.StreamResponse()
    await response.prepare(request)
    for train in (b"Oslo, platform 3", b"Bergen, platform 1", b"Lund, platform 4"):
        await asyncio.sleep(0.2)
        await response.write(train + b"\n")
    return response


# --8<-- [start:client]
async def main(url):
    async with aiohttp.ClientSession(url) as session:
        async with session.get("/departures") as response:
            print("the answer has begun:", response.status)
            async for line in response.content:
                print(line.decode().rstrip())


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/departures", departures)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
