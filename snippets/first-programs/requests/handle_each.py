# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

FORECASTS = {"Oslo": (0.8, -2), "Cairo": (0.4, None), "Lima": (0.1, 19)}


async def forecast(request):
    wait, degrees = FORECASTS[request.match_info["city"]]
    await asyncio.sleep(wait)
    if degrees is None:
        raise web.HTTPServiceUnavailable
    return web.json_response({"degrees": degrees})


# --8<-- [start:client]
CITIES = ["Oslo", "Cairo", "Lima"]


async def fetch(session, city):
    try:
        async with session.get(f"/forecast/{city}") as response:
            response.raise_for_status()
            answer = await response.json()
    except aiohttp.ClientError as error:
        print(f"{city}: no forecast, {type(error).__name__}")
        return None
    print(f"{city}: answered")
    return answer["degrees"]


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        print("asking for three forecasts")
        print(await asyncio.gather(*[fetch(session, city) for city in CITIES]))


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/forecast/{city}", forecast)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
