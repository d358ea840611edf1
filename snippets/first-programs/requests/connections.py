# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

connections = set()


async def forecast(request):
    connections.add(request.transport)
    return web.json_response({"degrees": 19})


# --8<-- [start:client]
async def fetch(session):
    async with session.get("/forecast/Lima") as response:
        return await response.json()


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        for _ in range(4):
            await fetch(session)
    print("4 requests in one session:", len(connections), "connection")

    connections.clear()
    for _ in range(4):
        async with aiohttp.ClientSession(url) as session:
            await fetch(session)
    print("4 requests in a session each:", len(connections), "connections")


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/forecast/{city}", forecast)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
