# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web


# --8<-- [start:app]
async def tea(request):
    try:
        await asyncio.sleep(float(request.query["minutes"]))
    except asyncio.CancelledError:
        print("tea: called off")
        raise
    return web.Response(text="here is your tea")


async def visit(session, name, minutes):
    try:
        async with session.post("/tea", params={"minutes": minutes}) as response:
            print(f"{name}: {response.status} {await response.text()}")
    except aiohttp.ClientError as error:
        print(f"{name}: {type(error).__name__}")


async def main():
    app = web.Application()
    app.router.add_post("/tea", tea)
    runner = web.AppRunner(app, shutdown_timeout=0.7)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with aiohttp.ClientSession(url) as session, asyncio.TaskGroup() as group:
        group.create_task(visit(session, "Ann", 0.8))
        group.create_task(visit(session, "Ben", 3600))
        await asyncio.sleep(0.4)
        print("the server is told to stop")
        await runner.cleanup()


# --8<-- [end:app]
asyncio.run(main())
