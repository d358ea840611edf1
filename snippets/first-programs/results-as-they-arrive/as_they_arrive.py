# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

PRICES = {"Mill": (1.0, 12), "Harbour": (0.2, 15), "Corner": (0.6, 11)}


async def price(request):
    wait, euros = PRICES[request.match_info["shop"]]
    await asyncio.sleep(wait)
    return web.json_response({"euros": euros})


# --8<-- [start:client]
SHOPS = ["Mill", "Harbour", "Corner"]


async def ask(session, shop):
    async with session.get(f"/price/{shop}") as response:
        answer = await response.json()
    return shop, answer["euros"]


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        print("asking three shops")
        tasks = [asyncio.create_task(ask(session, shop)) for shop in SHOPS]
        for answer in asyncio.as_completed(tasks):
            shop, euros = await answer
            print(f"{shop}: {euros} euros")


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/price/{shop}", price)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
