# /// script
# dependencies = ["aiohttp"]
# ///
import asyncio

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer


async def film(request):
    response = web.StreamResponse(headers={"Content-Length": "5000"})
    await response.prepare(request)
    for _ in range(5):
        await asyncio.sleep(0.2)
        await response.write(bytes(1000))
    return response


# --8<-- [start:client]
def draw(got, size):
    filled = 20 * got // size
    end = "\r" if got < size else "\n"
    print(f"[{'#' * filled:.<20}] {100 * got // size:3} %", end=end, flush=True)


async def main(url):
    async with aiohttp.ClientSession(url) as session, session.get("/film") as response:
        got = 0
        draw(got, response.content_length)
        async for chunk in response.content.iter_any():
            got += len(chunk)
            draw(got, response.content_length)
    print(f"{got} bytes are here")


# --8<-- [end:client]
async def serve():
    app = web.Application()
    app.router.add_get("/film", film)
    async with TestServer(app) as server:
        await main(server.make_url("/"))


asyncio.run(serve())
