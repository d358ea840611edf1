# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer


async def price(request):
    return web.json_response(4.5)


# --8<-- [start:app]
SESSION = web.AppKey("session", aiohttp.ClientSession)


async def shared_session(app):
    async with aiohttp.ClientSession(app[PRICES]) as session:
        app[SESSION] = session
        print("cleanup context: the session is open")
        yield
        print("cleanup context: no request is under way, closing the session")


async def product(request):
    async with request.app[SESSION].get("/price") as response:
        return web.json_response({"price": await response.json()})


def make_app(prices):
    app = web.Application()
    app[PRICES] = prices
    app.cleanup_ctx.append(shared_session)
    app.router.add_get("/product", product)
    return app


# --8<-- [end:app]
PRICES = web.AppKey("prices", str)


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        for _ in range(2):
            async with session.get("/product") as response:
                print(response.status, await response.json())
    print("the server is told to stop")


async def serve():
    services = web.Application()
    services.router.add_get("/price", price)
    async with TestServer(services) as prices, TestServer(make_app(str(prices.make_url("/")))) as shop:
        await main(shop.make_url("/"))


asyncio.run(serve())
