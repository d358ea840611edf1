# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer


# --8<-- [start:app]
async def book(request):
    response = web.StreamResponse(headers={"Content-Type": "text/plain"})
    await response.prepare(request)
    for number in range(1, 4):
        await asyncio.sleep(0.2)
        print(f"server: sends chapter {number}")
        await response.write(f"chapter {number}\n".encode())
    return response


async def main(url):
    async with aiohttp.ClientSession(url) as session, session.get("/book") as response:
        print("client: status", response.status)
        async for line in response.content:
            await asyncio.sleep(0.1)
            print("client: has read", line.decode().strip())


# --8<-- [end:app]
async def serve():
    app = web.Application()
    app.router.add_get("/book", book)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
