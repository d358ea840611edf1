# /// script
# requires-python = ">=3.11.4"
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

ANSWERS = {"price": (0.2, None), "stock": (0.8, 12)}


async def service(request):
    wait, answer = ANSWERS[request.match_info["service"]]
    await asyncio.sleep(wait)
    if answer is None:
        raise web.HTTPServiceUnavailable
    return web.json_response(answer)


# --8<-- [start:app]
SESSION = web.AppKey("session", aiohttp.ClientSession)


async def ask(session, service):
    try:
        async with session.get(f"/{service}") as response:
            response.raise_for_status()
            return await response.json()
    except asyncio.CancelledError:
        print(f"{service}: called off")
        raise


async def product(request):
    session = request.app[SESSION]
    try:
        async with asyncio.TaskGroup() as group:
            price = group.create_task(ask(session, "price"))
            stock = group.create_task(ask(session, "stock"))
    except* aiohttp.ClientError as errors:
        print("product:", [f"{error.status} {error.message}" for error in errors.exceptions])
        raise web.HTTPBadGateway(text="no price today") from None
    return web.json_response({"price": price.result(), "stock": stock.result()})


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        print("asking for the product")
        async with session.get("/product") as response:
            print(response.status, await response.text())


# --8<-- [end:app]
async def serve():
    services, app = web.Application(), web.Application()
    services.router.add_get("/{service}", service)
    app.router.add_get("/product", product)
    async with TestServer(services) as server, aiohttp.ClientSession(server.make_url("/")) as app[SESSION]:
        async with TestServer(app) as shop:
            await main(shop.make_url("/"))


asyncio.run(serve())
