# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web


async def save_order(request):
    print("server: takes the order")
    try:
        await asyncio.sleep(1.2)
    except asyncio.CancelledError:
        print("server: cancelled in the middle of it")
        raise
    print("server: has saved the order")
    return web.Response(text="saved")


async def ask(url):
    try:
        async with aiohttp.ClientSession() as session, session.post(url) as response:
            print("client:", response.status, await response.text())
    except aiohttp.ClientError as error:
        print("client:", type(error).__name__)


async def main():
    app = web.Application()
    app.router.add_post("/orders", save_order)
    runner = web.AppRunner(app, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    url = f"http://{host}:{port}/orders"
    async with asyncio.TaskGroup() as group:
        group.create_task(ask(url))
        await asyncio.sleep(0.4)
        print("main: stops the server")
        group.create_task(runner.cleanup())
        await asyncio.sleep(0.1)
        await ask(url)
    print("main: the server is stopped")


asyncio.run(main())
