# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web


async def forecast(request):
    city = request.match_info["city"]
    print(f"server: {city}?")
    await asyncio.sleep(len(city) / 10)
    return web.json_response({"city": city, "degrees": len(city)})


async def ask(session, city):
    async with session.get(f"/{city}") as response:
        print("client:", await response.json())


async def main():
    app = web.Application()
    app.router.add_get("/{city}", forecast)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0]
        async with aiohttp.ClientSession(f"http://{host}:{port}") as session:
            await asyncio.gather(*[ask(session, city) for city in ["Reykjavik", "Oslo", "Lisbon"]])
    finally:
        await runner.cleanup()
    print("main: the server is stopped")


asyncio.run(main())
