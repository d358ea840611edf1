# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web


# --8<-- [start:app]
async def count(request):
    try:
        await asyncio.sleep(0.8)
        print("server: counted, for nobody")
    except asyncio.CancelledError:
        print("server: counting called off")
        raise
    return web.Response()


async def serve(cancels):
    app = web.Application()
    app.router.add_get("/count", count)
    runner = web.AppRunner(app, handler_cancellation=cancels)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    print("handler_cancellation =", cancels)
    await visit(f"http://127.0.0.1:{runner.addresses[0][1]}")
    await runner.cleanup()


async def visit(url):
    limit = aiohttp.ClientTimeout(total=0.4)
    async with aiohttp.ClientSession(url, timeout=limit) as session:
        try:
            await session.get("/count")
        except TimeoutError:
            print("client: waits no longer")
        await asyncio.sleep(0.8)


async def main():
    await serve(False)
    await serve(True)


# --8<-- [end:app]
asyncio.run(main())
