# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web


async def report(request):
    try:
        await asyncio.sleep(0.8)
        print("server: the report is done, for nobody")
        return web.Response(text="the report")
    except asyncio.CancelledError:
        print("server: cancelled")
        raise


async def visit(**options):
    print("with", options or "the default")
    app = web.Application()
    app.router.add_get("/report", report)
    runner = web.AppRunner(app, **options)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    try:
        async with asyncio.timeout(0.4), aiohttp.ClientSession() as session:
            await session.get(f"http://{host}:{port}/report")
    except TimeoutError:
        print("client: goes away")
    await asyncio.sleep(0.8)
    await runner.cleanup()


async def main():
    await visit()
    await visit(handler_cancellation=True)


asyncio.run(main())
