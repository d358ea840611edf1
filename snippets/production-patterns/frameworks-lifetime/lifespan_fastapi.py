# /// script
# dependencies = ["aiohttp", "fastapi", "uvicorn"]
# [tool.runnable]
# timeout = 30
# ///
import asyncio
import contextlib
import socket

import aiohttp
import uvicorn
from aiohttp import web
from aiohttp.test_utils import TestServer
from fastapi import FastAPI, Request


async def price(request):
    return web.json_response(4.5)


@contextlib.asynccontextmanager
async def serving_prices():
    services = web.Application()
    services.router.add_get("/price", price)
    async with TestServer(services) as server:
        yield server.make_url("/")


# --8<-- [start:app]
@contextlib.asynccontextmanager
async def lifespan(app):
    async with serving_prices() as url, aiohttp.ClientSession(url) as session:
        print("lifespan: the session is open")
        yield {"session": session}
        print("lifespan: no request is under way, closing the session")


app = FastAPI(lifespan=lifespan)


@app.get("/product")
async def product(request: Request):
    async with request.state.session.get("/price") as response:
        return {"price": await response.json()}


async def main(url):
    async with aiohttp.ClientSession(url) as session:
        for _ in range(2):
            async with session.get("/product") as response:
                print(response.status, await response.json())
    print("the server is told to stop")


# --8<-- [end:app]
async def serve():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        async with asyncio.TaskGroup() as group:
            group.create_task(server.serve([listener]))
            while not server.started:
                await asyncio.sleep(0.01)
            await main(f"http://127.0.0.1:{listener.getsockname()[1]}")
            server.should_exit = True


asyncio.run(serve())
