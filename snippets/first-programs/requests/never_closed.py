# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer


async def forecast(request):
    return web.json_response({"degrees": 19})


# --8<-- [start:client]
async def main(url):
    session = aiohttp.ClientSession(url)
    response = await session.get("/forecast/Lima")
    answer = await response.json()
    print(f"Lima: {answer['degrees']} degrees")


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/forecast/{city}", forecast)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
