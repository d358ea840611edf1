# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer


# --8<-- [start:server]
async def divide(request):
    guests = int(request.match_info["guests"])
    return web.Response(text=f"{60 // guests} g each")


# --8<-- [end:server]
async def main():
    app = web.Application()
    app.router.add_get("/{guests}", divide)
    async with TestServer(app) as server, aiohttp.ClientSession(server.make_url("/")) as session:
        for guests in [5, 0, 4]:
            async with session.get(f"/{guests}") as response:
                print("client:", response.status, (await response.text()).splitlines()[0])


asyncio.run(main())
