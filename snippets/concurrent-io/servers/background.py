# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

# --8<-- [start:server]
READINGS = web.AppKey("readings", list)


async def measure(readings):
    while True:
        await asyncio.sleep(1)
        readings.append(15 + len(readings))


async def thermometer(app):
    print("server: thermometer on")
    app[READINGS] = []
    measuring = asyncio.create_task(measure(app[READINGS]))
    yield
    measuring.cancel()
    await asyncio.wait([measuring])
    print("server: thermometer off, cancelled:", measuring.cancelled())


async def latest(request):
    return web.json_response(request.app[READINGS][-1:])


def make_app():
    app = web.Application()
    app.router.add_get("/latest", latest)
    app.cleanup_ctx.append(thermometer)
    return app


# --8<-- [end:server]
async def main():
    async with TestServer(make_app()) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        for pause in [0, 1.5, 1]:
            await asyncio.sleep(pause)
            async with session.get("/latest") as response:
                print("client:", await response.json())


asyncio.run(main())
