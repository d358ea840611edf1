# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web


# --8<-- [start:server]
async def hello(request):
    name = request.match_info["name"]
    print(f"server: {name} says hello")
    return web.Response(text=f"hello, {name}")


def make_app():
    app = web.Application()
    app.router.add_get("/hello/{name}", hello)
    return app


# --8<-- [end:server]
async def main():
    runner = web.AppRunner(make_app())
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    async with aiohttp.ClientSession(f"http://{host}:{port}") as session:
        for name in ["Ada", "Ben"]:
            async with session.get(f"/hello/{name}") as response:
                print("client:", response.status, await response.text())
    await runner.cleanup()


asyncio.run(main())
