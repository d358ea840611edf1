# /// script
# dependencies = ["aiohttp", "pytest", "pytest-asyncio"]
# ///
import asyncio
import os
import sys
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

# --8<-- [start:app]
SESSION = web.AppKey("session", aiohttp.ClientSession)


async def product(request):
    try:
        async with asyncio.timeout(0.2), request.app[SESSION].get("/price") as response:
            response.raise_for_status()
            price = (await response.json())["price"]
    except (aiohttp.ClientError, TimeoutError, ValueError, LookupError) as error:
        raise web.HTTPBadGateway(text=type(error).__name__) from error
    return web.json_response({"price": price})


def make_app(prices):
    async def shared_session(app):
        async with aiohttp.ClientSession(prices) as app[SESSION]:
            yield

    app = web.Application()
    app.cleanup_ctx.append(shared_session)
    app.router.add_get("/product", product)
    return app


# --8<-- [end:app]
# --8<-- [start:tests]
async def works(request):
    return web.json_response({"price": 4.5})


async def fails(request):
    raise web.HTTPServiceUnavailable


async def is_slow(request):
    await asyncio.sleep(3600)


async def sends_garbage(request):
    return web.json_response({"cost": 4.5})


async def ask_for_product(price):
    services = web.Application()
    services.router.add_get("/price", price)
    async with TestServer(services) as prices, TestClient(TestServer(make_app(prices.make_url("/")))) as client:
        async with client.get("/product") as response:
            return response.status, await response.text()


async def test_it_shows_the_price():
    assert await ask_for_product(works) == (200, '{"price": 4.5}')


@pytest.mark.parametrize(
    ("price", "reason"),
    [(fails, "ClientResponseError"), (is_slow, "TimeoutError"), (sends_garbage, "KeyError")],
)
async def test_it_refuses_when_the_prices(price, reason):
    assert await ask_for_product(price) == (502, reason)


# --8<-- [end:tests]
if __name__ == "__main__":
    scope = "asyncio_default_fixture_loop_scope=function"
    plugins = ["--disable-plugin-autoload", "-p", "pytest_asyncio.plugin", "-p", "no:cacheprovider"]
    os.chdir(Path(__file__).parent)
    options = ["-q", "-rp", *plugins, "-c", os.devnull, "-o", scope, "-o", "asyncio_mode=auto"]
    sys.exit(pytest.main([__file__, *options]))
