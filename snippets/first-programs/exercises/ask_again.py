# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

asked = {}


async def forecast(request):
    city = request.match_info["city"]
    asked[city] = asked.get(city, 0) + 1
    await asyncio.sleep(0.3)
    if asked[city] < {"Oslo": 2, "Lima": 1, "Cairo": 3}[city]:
        raise web.HTTPServiceUnavailable
    return web.Response(text=f"{city}: sunny")


# --8<-- [start:client]
async def fetch(session, city):
    async with session.get(f"/{city}") as response:
        return await response.text()


async def main(url):
    async with aiohttp.ClientSession(url, raise_for_status=True) as session:
        cities = ("Oslo", "Lima", "Cairo")
        answers = await asyncio.gather(*[fetch(session, city) for city in cities], return_exceptions=True)
    for city, answer in zip(cities, answers):
        print(f"{city}: no forecast" if isinstance(answer, Exception) else answer)


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/{city}", forecast)
    async with TestServer(app) as server:
        await main(server.make_url("/"))
    print(f"asked: {asked}")


asyncio.run(serve())
