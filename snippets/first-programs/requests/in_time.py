# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

FORECASTS = {"Oslo": (3600, -2), "Cairo": (0.2, 24), "Lima": (0.6, 19)}


async def forecast(request):
    wait, degrees = FORECASTS[request.match_info["city"]]
    await asyncio.sleep(wait)
    return web.json_response({"degrees": degrees})


# --8<-- [start:client]
CITIES = ["Oslo", "Cairo", "Lima"]


async def fetch(session, city):
    try:
        async with session.get(f"/forecast/{city}") as response:
            answer = await response.json()
    except TimeoutError:
        print(f"{city}: no answer in time")
    else:
        print(f"{city}: {answer['degrees']} degrees")


async def main(url):
    timeout = aiohttp.ClientTimeout(total=1)
    async with aiohttp.ClientSession(url, timeout=timeout) as session:
        print("asking for three forecasts")
        await asyncio.gather(*[fetch(session, city) for city in CITIES])


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/forecast/{city}", forecast)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
